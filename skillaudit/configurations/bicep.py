"""Bicep: no parser is kept outside of its compiler, so that is said, unless the compiled template lies beside it."""

from collections.abc import Iterator

from skillaudit.configuration import Node, Reader, Source, UnreadableError


def _wants(path: str, _head: bytes) -> bool:
    return path.endswith(".bicep")


def _claims(text: str) -> bool:
    return "Microsoft." in text


def _read(source: Source) -> Iterator[tuple[str, Node]]:
    if _claims(source.text) and source.sibling(f"{source.path.removesuffix('.bicep')}.json") is None:
        raise UnreadableError("Bicep is not read; the template that `az bicep build` makes of it would be")
    yield from ()


READER = Reader(_wants, _claims, _read)

"""OpenAPI 3 and Swagger 2 documents, in JSON and YAML."""

import re
from collections.abc import Iterator

from skillaudit.configuration import HEAD, Map, Node, Reader, Source, UnreadableError, at, raw
from skillaudit.configurations._events import read_events

_NAMES = re.compile(r"\.(?:ya?ml|json)$", re.IGNORECASE)
_VERSION = re.compile(r"""(?:^|[{,])\s*["']?(?:openapi|swagger)["']?\s*:\s*["']?[23]\b""", re.MULTILINE)
_FIRST = re.compile(
    r"""\A(?:\s|---|#[^\n]*\n)*\{?\s*["']?(?:openapi|swagger|info|components|definitions|basePath|consumes|produces|host"""
    r"""|externalDocs|jsonSchemaDialect|paths|schemes|security|securityDefinitions|servers|tags|x-[\w-]+)["']?\s*:"""
)
_KNOWN = re.compile(r"^(?:2\.0|3\.\d)")


def _wants(path: str, head: bytes) -> bool:
    if not _NAMES.search(path):
        return False
    start = head.decode("utf-8", "replace")
    return bool(_VERSION.search(start)) or (len(head) == HEAD and bool(_FIRST.match(start)))


def _claims(text: str) -> bool:
    return _VERSION.search(text) is not None


def _read(source: Source) -> Iterator[tuple[str, Node]]:
    """The document, if it names its version and has paths; several in one file are none."""
    if not _claims(source.text):
        return
    for root in read_events(source.text, strict=False):
        if not isinstance(root, Map):
            raise UnreadableError("no OpenAPI document: not a map")
        if _KNOWN.match(raw(root, "openapi") or raw(root, "swagger")) and isinstance(at(root, "paths"), Map):
            yield "openapi", root


READER = Reader(_wants, _claims, _read)

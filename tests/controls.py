"""How a single control is taken out of a complete server, and what that may cost."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

Edit = Callable[[str], str]


class Case(NamedTuple):
    """One control less: which texts are changed in which files, and the checks that serve it."""

    edits: tuple[tuple[str, Edit], ...]
    served: frozenset[str]


def without(first: str, last: str, instead: str = "") -> Edit:
    """Leave out the text from ``first`` to the end of ``last``."""

    def edit(text: str) -> str:
        start = text.index(first)
        return text[:start] + instead + text[text.index(last, start) + len(last) :]

    return edit


def put(old: str, new: str) -> Edit:
    """Write ``new`` wherever ``old`` stands."""

    def edit(text: str) -> str:
        assert old in text, old
        return text.replace(old, new)

    return edit


def behind(old: str, new: str) -> Edit:
    """Write ``new`` behind ``old``."""
    return put(old, old + new)


def case(served: str, *edits: tuple[str, Edit]) -> Case:
    """A case by the checks it lowers, in one text, and its changes by the end of a file's path."""
    return Case(edits, frozenset(served.split()))


def changed(files: dict[str, str], edits: Sequence[tuple[str, Edit]]) -> dict[str, str]:
    """The files after all edits."""
    after = dict(files)
    for suffix, edit in edits:
        (path,) = [path for path in files if path.endswith(f"/{suffix}") or path == suffix]
        after[path] = edit(after[path])
        assert after[path] != files[path], suffix
    return after

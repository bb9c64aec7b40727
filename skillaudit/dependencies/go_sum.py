"""Read ``go.mod`` as the lockfile that it is since Go 1.17, with ``go.sum`` beside it as the record of hashes."""

import posixpath
import re

from skillaudit.dependencies._data import capped
from skillaudit.dependencies._gomod import read_go_mod
from skillaudit.dependency import GO, Document, Graph, Importer, Node, UnreadableError

_SUM = re.compile(r"(\S+) v(\S+?)(?:/go\.mod)? h1:\S+=$")


def read(document: Document) -> Graph:
    """The modules of a build, with their lines in ``go.mod``; ``document`` is the ``go.sum``.

    Raises:
        UnreadableError: one of the two is malformed or missing.
    """
    source = document.near(posixpath.join(posixpath.dirname(document.path), "go.mod"))
    if source is None:
        raise UnreadableError("there is no go.mod beside it")
    module = read_go_mod(source)
    capped(len(module.wanted))
    nodes = {one.name: Node(one.name, one.version, one.line) for one in module.wanted}
    sums = _sums(document.text)
    importer = Importer(
        "",
        tuple(one.name for one in module.wanted if not one.indirect),
        loose=tuple(one.name for one in module.wanted if one.indirect),
        declared={one.name: one.version for one in module.wanted if (one.name, one.version) in sums},
    )
    partial = "" if module.full else "go.mod speaks a language before Go 1.17, where it need not list every module"
    return Graph("go.mod and go.sum", GO, nodes, (importer,), partial)


def _sums(text: str) -> frozenset[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for number, line in enumerate(text.splitlines(), 1):
        match = _SUM.fullmatch(line.strip())
        if match is None and line.strip():
            raise UnreadableError(f"line {number} of go.sum is not understood")
        if match:
            found.add((match[1], match[2].removesuffix("+incompatible")))
    return frozenset(found)

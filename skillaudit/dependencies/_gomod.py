"""What ``go.mod`` says."""

import re
from collections.abc import Iterator

import msgspec

from skillaudit.dependency import UnreadableError

_BLOCK = re.compile(r"(\w+)\s*\($")
_VERSIONED = re.compile(r'"?([^\s"()]+)"?\s+v(\d\S*)')
_REPLACE = re.compile(r'"?([^\s"()]+)"?(?:\s+v(\S+))?\s*=>\s*"?([^\s"()]+)"?(?:\s+v(\S+))?')
_VERBS = frozenset(
    {"module", "go", "toolchain", "godebug", "require", "exclude", "replace", "retract", "tool", "ignore"}
)
_PRUNED = (1, 17)
"""From this version of the language on a go.mod lists every module that a build may need."""


class Wanted(msgspec.Struct, frozen=True):
    """One requirement: ``version`` without its ``v``, ``line`` from 1, ``indirect`` as its comment says."""

    name: str
    version: str
    line: int
    indirect: bool


class GoMod(msgspec.Struct, frozen=True):
    """A module's requirements after replacements; ``local`` are replaced by folders; ``full`` lists all modules."""

    wanted: tuple[Wanted, ...]
    local: frozenset[str]
    full: bool


def read_go_mod(text: str) -> GoMod:
    """Read a ``go.mod``.

    Raises:
        UnreadableError: a line is not understood.
    """
    wanted: list[Wanted] = []
    replaced: dict[tuple[str, str], tuple[str, str]] = {}
    language = (1, 16)
    for number, verb, rest, comment in _directives(text):
        match verb:
            case "require":
                found = _VERSIONED.fullmatch(rest)
                if found is None:
                    raise UnreadableError(f"line {number} is no requirement")
                wanted.append(Wanted(found[1], _plain(found[2]), number, "indirect" in comment))
            case "replace":
                swap = _REPLACE.fullmatch(rest)
                if swap is None:
                    raise UnreadableError(f"line {number} is no replacement")
                replaced[swap[1], _plain(swap[2] or "")] = (swap[3], _plain(swap[4] or ""))
            case "go":
                numbers = re.findall(r"\d+", rest)[:2]
                language = (int(numbers[0]), int(numbers[1])) if len(numbers) > 1 else language
            case _:
                pass
    return _replaced(wanted, replaced, full=language >= _PRUNED)


def _replaced(wanted: list[Wanted], replaced: dict[tuple[str, str], tuple[str, str]], *, full: bool) -> GoMod:
    found: list[Wanted] = []
    local: set[str] = set()
    for one in wanted:
        name, version = replaced.get((one.name, one.version)) or replaced.get((one.name, "")) or (one.name, one.version)
        if name.startswith((".", "/")):
            local.add(one.name)
        else:
            found.append(Wanted(name, version, one.line, one.indirect))
    return GoMod(tuple(found), frozenset(local), full)


def _directives(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Line number, verb, the rest and the comment of each directive, also in a block."""
    block = ""
    for number, line in enumerate(text.splitlines(), 1):
        code, _, comment = line.partition("//")
        code = code.strip()
        if not code:
            continue
        opened = _BLOCK.match(code)
        if block and code == ")":
            block = ""
        elif block:
            yield number, block, code, comment
        elif opened and opened[1] in _VERBS:
            block = opened[1]
        else:
            verb, _, rest = code.partition(" ")
            if verb.strip() not in _VERBS:
                raise UnreadableError(f"line {number} is not understood")
            yield number, verb.strip(), rest.strip(), comment
    if block:
        raise UnreadableError("a block is not closed: it may be cut off")


def _plain(version: str) -> str:
    return version.removesuffix("+incompatible")

"""Read the block form in which pnpm and yarn write lockfiles: keys, scalars and indentation, line by line.

A YAML parser takes ten times as long, does not say where a key stands, and expands aliases. These files use no
anchors; what their writers put on one line (``{integrity: …}``) or in long texts (``deprecated``) is kept as text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit.dependency import UnreadableError

_DEPTH = 24
_PLAIN = re.compile(
    r"""(?:"(?P<double>(?:[^"\\]|\\.)*)"|'(?P<single>(?:[^']|'')*)'|(?P<plain>(?:[^\s"'#{\[-]|-(?=\S))[^\n]*?))"""
    r"""[ ]*:(?:[ ]+(?P<value>.*))?"""
)
_YARN = re.compile(r"""("(?:[^"\\]|\\.)*"|[^\s":]+)[ ]+(\S.*)""")
_LIST = re.compile(r"- ?")


@dataclass(slots=True)
class Block:
    """One key: its line counted from 1, the text after it, and what is indented below it."""

    line: int
    value: str = ""
    below: dict[str, "Block"] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """The scalar under a key, without quotes; empty where there is none."""
        block = self.below.get(key)
        return unquoted(block.value) if block else ""

    def items(self, key: str) -> dict[str, "Block"]:
        """What is indented below a key."""
        block = self.below.get(key)
        return block.below if block else {}


def unquoted(value: str) -> str:
    """A scalar without the quotes around it."""
    value = value.strip()
    ends = value[:1] + value[-1:]
    return value[1:-1] if len(value) > 1 and ends in {"''", '""'} else value


def read_indented(text: str, *, colons: bool = True) -> Block:
    """Parse a file into nested blocks.

    Args:
        text: of the file.
        colons: every key ends in a colon, as YAML wants it; yarn 1 sets a blank between a key and its value.

    Raises:
        UnreadableError: a line fits nowhere, a brace is not closed, or it is nested too deep.
    """
    root = Block(0)
    stack: list[tuple[int, Block]] = [(-1, root)]
    for number, indent, line in _lines(text):
        while stack[-1][0] >= indent:
            stack.pop()
        parent = stack[-1][1]
        if _LIST.match(line) and colons:
            continue
        key, value = _split(line, colons=colons)
        if key is None:
            if indent == 0 or not parent.value:
                raise UnreadableError(f"line {number} is not understood")
            continue
        if value[:1] == "{" and value[-1:] != "}":
            raise UnreadableError(f"line {number} ends in the middle")
        if len(stack) > _DEPTH:
            raise UnreadableError("nested too deep")
        block = parent.below.setdefault(key, Block(number, value))
        stack.append((indent, block))
    return root


def _lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Number, indentation and content of the lines that have any."""
    for number, line in enumerate(text.split("\n"), 1):
        content = line.lstrip(" ").rstrip()
        if content and content[0] != "#" and content != "---":
            yield number, len(line) - len(line.lstrip(" ")), content


def _split(line: str, *, colons: bool) -> tuple[str | None, str]:
    """Key and value; yarn 1 puts a colon after the keys that have something below them, and nowhere else."""
    if not colons:
        pair = _YARN.fullmatch(line)
        return (line[:-1], "") if line.endswith(":") else (unquoted(pair[1]), pair[2]) if pair else (None, "")
    match = _PLAIN.fullmatch(line)
    if match is None:
        return None, ""
    return next(part for part in match.group("double", "single", "plain") if part is not None), match["value"] or ""

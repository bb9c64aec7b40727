"""The source lines a report shows, and the line hashes GitHub tracks alerts by; taken while the tree exists.

``line_hash`` follows the algorithm of github/codeql-action (``src/fingerprints.ts``), so that alerts keep their
identity whoever computes it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

import msgspec

from skillaudit.clean import clean, mask
from skillaudit.model import Location

_BLOCK = 100
_CONSTANT = re.compile("(?=[\"'`])")
_ASSIGNS = re.compile("[=:]")
_END_OF_FILE = "\uffff"
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_MODULUS = 1 << 64
_FACTOR = 37
_LINES = 5
_WIDTH = 200
_TAB = 4


class Excerpt(msgspec.Struct, frozen=True):
    """The masked lines of a place (at most five, clipped), GitHub's hash of its first, and the end of its last.

    ``end_column`` is one past the last character of the place's last line, counted from 1 in code points. ``tabs`` is
    how many tabs the first line begins with, each of which is shown as four blanks; -1 where the line is shown in
    other ways than it stands in the file.
    """

    lines: tuple[str, ...]
    line_hash: str
    end_column: int
    tabs: int = -1

    def column_of(self, text: str) -> int:
        """The column at which the text stands in the first line, 0 where it does not stand there exactly once."""
        if self.tabs < 0 or not self.lines or self.lines[0].count(text) != 1:
            return 0
        return self.lines[0].index(text) + 1 - self.tabs * (_TAB - 1)


Excerpts: TypeAlias = Mapping[tuple[str, int, int], Excerpt]
"""By path, first and last line."""


def key_of(location: Location) -> tuple[str, int, int]:
    """How ``Excerpts`` are looked up."""
    return location.path, location.line, max(location.line, location.end_line)


def places_of(fact: object) -> Iterator[Location]:
    """The places that a fact names itself, not those of what it holds; of what is no fact none."""
    for name in fact.__struct_fields__ if isinstance(fact, msgspec.Struct) else ():
        match getattr(fact, name):
            case Location() as place:
                yield place
            case tuple() as several:
                yield from (place for place in several if isinstance(place, Location))
            case _:
                pass


def take_excerpts(root: Path, locations: Iterable[Location], key: bytes, secret: Iterable[Location] = ()) -> Excerpts:
    """Read the lines of each place below ``root``, each file once.

    A place whose file or line does not exist has no excerpt: it names something that is missing.

    Args:
        root: the tree, plain files only.
        locations: places in it.
        key: see ``clean.mask``.
        secret: places whose constants are shown nowhere, whatever they look like.
    """
    withheld: defaultdict[str, set[int]] = defaultdict(set)
    for place in secret:
        withheld[place.path].update(range(place.line, max(place.line, place.end_line) + 1))
    wanted: defaultdict[str, set[Location]] = defaultdict(set)
    for location in locations:
        wanted[location.path].add(location)
    found: dict[tuple[str, int, int], Excerpt] = {}
    for path, places in sorted(wanted.items()):
        file = root / path
        if path and file.is_file():
            text = file.read_bytes().decode("utf-8", "replace")
            found.update(_excerpts(text, sorted(places), key, withheld[path]))
    return found


def line_hashes(text: str, lines: Iterable[int]) -> dict[int, str]:
    """``primaryLocationLineHash`` of the lines, counted from 1; lines that the text does not have are left out."""
    compact = text.replace("\r\n", "\n").replace("\r", "\n").replace(" ", "").replace("\t", "")
    compact = (compact if compact.isascii() else _ASTRAL.sub(_surrogates, compact)) + _END_OF_FILE
    wanted = set(lines)
    seen: Counter[str] = Counter()
    hashes: dict[int, str] = {}
    start = 0
    for number in range(1, max(wanted, default=0) + 1):
        window = compact[start : start + _BLOCK]
        seen[window] += 1
        if number in wanted:
            hashes[number] = f"{_hash(window):x}:{seen[window]}"
        end = compact.find("\n", start)
        if end < 0:
            break
        start = end + 1
    return hashes


def _excerpts(
    text: str, places: list[Location], key: bytes, withheld: set[int]
) -> Iterator[tuple[tuple[str, int, int], Excerpt]]:
    hashes = line_hashes(text, [place.line for place in places])
    # Only a private key spans lines; all else is masked in the few lines that are shown.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = text.split("\n")
    shown = mask(text, key).split("\n") if "PRIVATE KEY-----" in text else plain
    shown = [_withhold(line) if number in withheld else line for number, line in enumerate(shown, 1)]
    for place in places:
        if 1 <= place.line <= len(shown) and place.line in hashes:
            last = min(max(place.line, place.end_line), place.line + _LINES - 1)
            lines = tuple(_clip(clean(mask(line.expandtabs(_TAB), key))) for line in shown[place.line - 1 : last])
            final = plain[min(max(place.line, place.end_line), len(plain)) - 1]
            tabs = _tabs(plain[place.line - 1], lines[0])
            yield key_of(place), Excerpt(lines, hashes[place.line], len(final) + 1, tabs)


def _tabs(source: str, shown: str) -> int:
    tabs = len(source) - len(source.lstrip("\t"))
    return tabs if " " * (_TAB * tabs) + source[tabs:].rstrip() == shown.rstrip() else -1


def _withhold(line: str) -> str:
    """A line up to its first constant."""
    begins = _CONSTANT.search(line) or _ASSIGNS.search(line)
    return f"{line[: begins.end()]}[withheld]" if begins else "[withheld]"


def _clip(line: str) -> str:
    return line.rstrip() if len(line) <= _WIDTH else line[:_WIDTH] + "..."


def _hash(window: str) -> int:
    value = 0
    for unit in window:
        value = (value * _FACTOR + ord(unit)) % _MODULUS
    return value * pow(_FACTOR, _BLOCK - len(window), _MODULUS) % _MODULUS


def _surrogates(found: re.Match[str]) -> str:
    point = ord(found[0]) - 0x10000
    return chr(0xD800 + (point >> 10)) + chr(0xDC00 + (point & 0x3FF))

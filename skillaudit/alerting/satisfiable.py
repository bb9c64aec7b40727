"""Alert expressions of Prometheus and Loki that hold for no data, and so never fire.

What an expression measures is compared as text, and with it the numbers between which it may lie; whatever is not
understood may be anything. Source: Prometheus' documentation, "Operators" and "Functions".
"""

import math
import re

from msgspec import Struct
from msgspec.structs import replace

_TOKEN = re.compile(
    r"\s*(?:(?P<text>\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|`[^`]*`)|(?P<braces>\{[^{}]*\})|(?P<window>\[[^\[\]]*\])|"
    r"(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w:]))|(?P<word>[A-Za-z_:][\w:.]*|\d+[a-z]+)|"
    r"(?P<operator>[<>=!]=|=~|!~|\|[=~>]?|[-+*/%^<>=(),@]))"
)
_COMPARING = {"<", "<=", ">", ">=", "==", "!="}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_MATCHING = {"on", "ignoring", "group_left", "group_right"}
_CLAMPS = {"clamp_max", "clamp_min", "clamp"}
_LONGEST = 4_000


class Held(Struct, frozen=True):
    """What an expression comes to: numbers between ``low`` and ``high``, of what ``key`` spells.

    ``above`` and ``below``: the bound itself is left out. ``never``: there are none. ``fixed``: it is there always.
    """

    key: str = ""
    low: float = -math.inf
    high: float = math.inf
    above: bool = False
    below: bool = False
    never: bool = False
    fixed: bool = False

    def within(self, other: "Held") -> bool:
        """Whether each of the numbers is one of another's."""
        lower = self.low > other.low or (self.low == other.low and (self.above or not other.above))
        return lower and (self.high < other.high or (self.high == other.high and (self.below or not other.below)))

    def both(self, other: "Held") -> "Held":
        """The numbers that are in both."""
        low, above = max((self.low, self.above), (other.low, other.above))
        high, open_ = min((self.high, not self.below), (other.high, not other.below))
        below = not open_
        none = self.never or other.never or low > high or (low == high and (above or below))
        return replace(self, low=low, high=high, above=above, below=below, never=none)


def never_fires(text: str) -> bool:
    """Whether no data make an expression fire; False where it is not understood."""
    if len(text) > _LONGEST:
        return False
    tokens, place = [], 0
    while place < len(text.rstrip()):
        found = _TOKEN.match(text, place)
        if found is None:
            return False
        tokens.append(found.group().strip())
        place = found.end()
    try:
        parser = _Parser(tokens)
        held = parser.either()
    except (IndexError, ValueError, RecursionError):
        return False
    return held.never and not parser.rest


class _Parser:
    """Reads tokens from the front, by the precedence of the operators; raises ``IndexError`` at a sudden end."""

    def __init__(self, tokens: list[str]) -> None:
        self.rest = tokens[::-1]

    def _next(self) -> str:
        return self.rest[-1].lower() if self.rest else ""

    def _take(self) -> str:
        return self.rest.pop()

    def either(self) -> Held:
        """``a or b``."""
        found = self._joined()
        while self._next() == "or":
            self._take()
            self._matching()
            other = self._joined()
            found = Held(never=found.never and other.never)
        return found

    def _joined(self) -> Held:
        """``a and b``, ``a unless b``."""
        found = self._compared()
        while self._next() in {"and", "unless"}:
            operator = self._take().lower()
            matched = self._matching()
            other = self._compared()
            found = _and(found, other, matched) if operator == "and" else _unless(found, other, matched)
        return found

    def _compared(self) -> Held:
        found = self._sum()
        while self._next() in _COMPARING:
            operator = self._take()
            counted = self._next() == "bool"
            if counted:
                self._take()
            self._matching()
            other = self._sum()
            found = Held(low=0, high=1) if counted else _compare(found, operator, other)
        return found

    def _sum(self) -> Held:
        found = self._product()
        while self._next() in {"+", "-"}:
            self._take()
            self._matching()
            self._product()
            found = Held()
        return found

    def _product(self) -> Held:
        found = self._unary()
        while self._next() in {"*", "/", "%", "^", "atan2"}:
            operator = self._take()
            self._matching()
            other = self._unary()
            zero = operator == "*" and any(one.low == one.high == 0 for one in (found, other))
            found = Held(low=0, high=0, never=found.never or other.never) if zero else Held()
        return found

    def _unary(self) -> Held:
        if self._next() in {"-", "+"}:
            return Held() if self._take() == "-" and self._atom() else self._atom()
        return self._atom()

    def _atom(self) -> Held:
        part = self._take()
        if part == "(":
            found = self.either()
            self._expect(")")
            return self._suffixed(found)
        if re.fullmatch(r"[\d.]+(?:[eE][-+]?\d+)?", part):
            return Held(low=float(part), high=float(part), fixed=True)
        if part[:1] == "{" or re.match(r"[A-Za-z_:]", part):
            return self._named(part)
        raise ValueError(part)

    def _suffixed(self, found: Held) -> Held:
        """A window, an offset: it is measured at another time."""
        if self._next()[:1] == "[" or self._next() in {"offset", "@"}:
            self._skip_suffix()
            return Held()
        return found

    def _skip_suffix(self) -> str:
        said = ""
        while self._next()[:1] in {"[", "{"} or self._next() in {"offset", "@"}:
            said += self._take()
            if said.lower().endswith(("offset", "@")):
                said += self._take()
        return said

    def _named(self, word: str) -> Held:
        """A metric, a function, an aggregation, or a stream of logs with what it is piped through."""
        grouped = self._grouping()
        if self._next() != "(":
            return Held(key=word + self._skip_suffix())
        inside = self._bracketed()
        said = f"{word}{grouped}({' '.join(inside)}){self._grouping()}"
        return _function(word.lower(), inside, said)

    def _grouping(self) -> str:
        if self._next() in {"by", "without"}:
            return self._take() + " ".join(self._bracketed())
        return ""

    def _matching(self) -> bool:
        """``on (…)``, ``ignoring (…)``: whether something says which elements belong together."""
        found = False
        while self._next() in _MATCHING:
            self._take()
            found = True
            if self._next() == "(":
                self._bracketed()
        return found

    def _bracketed(self) -> list[str]:
        """What stands in brackets, which are taken."""
        self._expect("(")
        found, depth = [], 1
        while depth:
            part = self._take()
            depth += (part == "(") - (part == ")")
            found.append(part)
        return found[:-1]

    def _expect(self, part: str) -> None:
        if self._take() != part:
            raise ValueError(part)


def _function(name: str, inside: list[str], said: str) -> Held:
    """What the functions give whose results are bounded; any other may give anything."""
    if name == "vector" and len(inside) == 1:
        return replace(_Parser(inside).either(), fixed=True)
    if name == "absent":
        missing = _Parser(inside).either()
        whole = missing == Held(key=missing.key)
        return Held(key=f"absent {missing.key}" if whole else said, low=1, high=1)
    if name in _CLAMPS and "," in inside:
        numbers = [float(one) for one in " ".join(inside).rsplit(",", 2 if name == "clamp" else 1)[1:]]
        low = -math.inf if name == "clamp_max" else numbers[0]
        return Held(said, low, math.inf if name == "clamp_min" else numbers[-1])
    return Held(key=said)


def _compare(left: Held, operator: str, right: Held) -> Held:
    """The elements of a comparison that are kept, with their own numbers."""
    if left.low == left.high and left.fixed and not (right.low == right.high and right.fixed):
        left, operator, right = right, _MIRRORED[operator], left
    if right.low != right.high or not right.fixed:
        return replace(left, fixed=False)
    bound = right.low
    ranges = {
        "<": Held(high=bound, below=True), "<=": Held(high=bound), ">": Held(low=bound, above=True),
        ">=": Held(low=bound), "==": Held(low=bound, high=bound),
    }  # fmt: skip
    if operator == "!=":
        return replace(left, never=left.never or left.low == left.high == bound)
    found = left.both(ranges[operator])
    return replace(found, fixed=left.fixed and not found.never)


def _and(left: Held, right: Held, matched: bool) -> Held:  # noqa: FBT001 - as the operator says
    if right.never or _excludes(left, right) or _excludes(right, left):
        return replace(left, never=True)
    return left.both(right) if left.key and left.key == right.key and not matched else replace(left, fixed=False)


def _unless(left: Held, right: Held, matched: bool) -> Held:  # noqa: FBT001 - as the operator says
    same = bool(left.key) and left.key == right.key and not matched and left.within(right)
    return replace(left, never=left.never or same or (right.fixed and matched), fixed=False)


def _excludes(one: Held, other: Held) -> bool:
    """Whether one is there only where there is nothing of the other: ``absent(x)`` and ``x``."""
    return bool(other.key) and one.key == f"absent {other.key}"

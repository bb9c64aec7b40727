"""Which entries of a record a logger's own redaction hides: by the logger that writes it, and by the way to the entry.

Pino's paths mean one entry: ``token`` is that of the record, ``user.token`` one inside, ``*.token`` one level
down. ``*token*`` means all keys with the word, of a processor that looks for words in keys.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import msgspec

from skillaudit import ir
from skillaudit.facts import Redactor
from skillaudit.linking.knowledge import vocabulary
from skillaudit.linking.loggers.processors import EVERYWHERE
from skillaudit.linking.loggers.redactors import REQUESTS
from skillaudit.linking.loggers.setups import Setups
from skillaudit.linking.names.program import At, Fn
from skillaudit.model import Location

Way = tuple[str, ...]
"""The keys from a record to an entry; ``*`` is any key, ``**`` any number of them."""

_ANYWHERE = "**"
_PART = re.compile(r"""\[(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)'|(?P<c>[^\]]*))\]|(?P<d>[^.\[\]]+)""")
_HEADERS = {"authorization", "headers"}
_DEEPEST = 8
_REQUESTS = {"req", "request", "reply", "res"}
"""What handlers call the request and the answer, which have a logger of their own in Fastify and pino-http."""

_MESSAGES = "logging"
"""The library whose layers see whole messages."""


class Hidden(msgspec.Struct, frozen=True):
    """What one logger hides; ``computed``: also under keys that are made at run time, those that name credentials.

    ``words``: in messages, too, what has one of these in its name.
    """

    ways: frozenset[Way] = frozenset()
    computed: bool = False
    words: frozenset[str] = frozenset()

    def __or__(self, other: "Hidden") -> "Hidden":
        """What either hides."""
        return Hidden(self.ways | other.ways, self.computed or other.computed, self.words | other.words)

    def entry(self, way: Way, name: str, *, itself: bool = False) -> bool:
        """Whether what is called ``name`` does not arrive, under ``way`` or inside the object that stands there.

        ``itself`` where what stands there is no object: a text that was taken out of one.
        """
        if any(word in part.lower() for word in self.words for part in (*way, name)):
            return True
        if self.computed and vocabulary.names_credential(way[-1] if way else name):
            return True
        inner = way if itself or (way and way[-1] == name) else (*way, name)
        return any(_covers(hidden, way) or _covers(hidden, inner) for hidden in self.ways)

    def header(self, way: Way) -> bool:
        """Whether the header that authenticates does not arrive, of headers at the end of the way or inside it."""
        inner = way if way[-1:] == ("headers",) else (*way, "headers")
        return any(_covers(hidden, (*one, "authorization")) for one in (way, inner) for hidden in self.ways)

    @property
    def headers(self) -> bool:
        """Whether headers, or the one that authenticates, are hidden somewhere."""
        deep = (way[-1] for way in self.ways if way[0] == _ANYWHERE)
        looked_for = any(_fits(one, name) for one in deep for name in _HEADERS)
        return self.computed or looked_for or any(way[-1] in _HEADERS for way in self.ways)


def _together(layers: Iterable[Hidden]) -> Hidden:
    whole = Hidden()
    for more in layers:
        whole |= more
    return whole


def _covers(hidden: Way, way: Way) -> bool:
    if hidden[0] == _ANYWHERE:
        inner = way[-len(hidden) + 1 :]
        return len(inner) == len(hidden) - 1 and all(map(_fits, hidden[1:], inner))
    return len(hidden) <= len(way) and all(_fits(one, other) for one, other in zip(hidden, way, strict=False))


def _fits(hidden: str, key: str) -> bool:
    """Whether a part of a way means a key: ``*`` any, ``*token*`` each that has the word in it."""
    word = hidden[1:-1] if hidden[:1] == "*" == hidden[-1:] else ""
    return hidden in {"*", key} or bool(word and word in key.lower().replace("_", "").replace("-", ""))


@dataclass(slots=True)
class Redaction:
    """Knows the layers of the loggers in use, and which logger a call is made on."""

    setups: Setups
    redactors: tuple[Redactor, ...]
    _libraries: dict[str, dict[Location, Hidden]] = field(init=False)

    def __post_init__(self) -> None:
        """Sort the layers by library and by where the logger is made."""
        self._libraries = {}
        for one in self.redactors:
            if one.library and one.surface.counts:
                ways = frozenset(way for key in one.keys if (way := _way(key)))
                held = Hidden(ways, computed=not ways)
                if one.library.endswith(_MESSAGES):
                    held = Hidden(words=frozenset(key.lower() for key in one.keys))
                known = self._libraries.setdefault(one.library, {})
                known[one.location] = known.get(one.location, Hidden()) | held

    def of(self, library: str, fn: Fn, value: int) -> Hidden:
        """What the logger hides that a call is made on; of one that is not in sight what any of its library's does."""
        call = self.setups.box.program.value(fn.at(value))
        callee = self.setups.box.program.value(fn.at(call.callee)) if isinstance(call, ir.Call) else None
        held = self.setups.box.program.value(fn.at(callee.base)) if isinstance(callee, ir.Member) else None
        requests = library == "unknown" and isinstance(held, ir.Member) and held.name == "log"
        own = not (isinstance(callee, ir.Member) and self._is_of_framework(fn.at(callee.base)))
        known = dict(self._libraries.get(library, {})) if own else {}
        everywhere = self._libraries.get(f"{EVERYWHERE}{library}", {})
        if everywhere and not known:
            return _together(everywhere.values())
        if requests or library == "pino":
            known |= self._libraries.get(REQUESTS, {})
        if not known:
            return Hidden()
        makers = list(self._makers(fn.at(callee.base), library)) if isinstance(callee, ir.Member | ir.Item) else []
        makers = makers or [place for one in self._called(fn, value) for place in self._inside(one, library)]
        layers = [known.get(place, Hidden()) for place in makers] or [
            hidden for place, hidden in known.items() if not self._apart(place, fn)
        ]
        if not layers:
            return Hidden()
        return _together([*layers, *everywhere.values()])

    def _is_of_framework(self, at: At) -> bool:
        """Whether a logger is the one that a web framework makes: ``request.log`` of Fastify."""
        held = self.setups.box.program.value(at)
        if not isinstance(held, ir.Member) or held.name != "log":
            return False
        return self.setups.box.origins.name_of(at.to(held.base)) in _REQUESTS

    def _called(self, fn: Fn, value: int) -> Iterator[Fn]:
        """The project's functions that a call runs."""
        call = self.setups.box.program.value(fn.at(value))
        held = self.setups.box.symbols.resolve(fn.at(call.callee)) if isinstance(call, ir.Call) else ()
        yield from (s for s in held if isinstance(s, Fn))

    def _inside(self, fn: Fn, library: str) -> Iterator[Location]:
        """Where the loggers were made that a wrapper writes to."""
        for _, call, _ in self.setups.box.program.calls(fn):
            callee = self.setups.box.program.value(fn.at(call.callee))
            if isinstance(callee, ir.Member | ir.Item):
                yield from self._makers(fn.at(callee.base), library)

    def _apart(self, place: Location, fn: Fn) -> bool:
        """Go: whether a logger is made in another program: both files have a function that starts one."""
        modules = self.setups.box.program.modules
        starting = {m.path for m in modules if m.language == "go" and any(f.name == "main" for f in m.functions)}
        return place.path != modules[fn.module].path and {place.path, modules[fn.module].path} <= starting

    def _makers(self, at: At, library: str, depth: int = _DEEPEST) -> Iterator[Location]:
        """Where the loggers were made that a value may be, or be a child of."""
        program = self.setups.box.program
        for end in self.setups.ends(at) if depth else ():
            call = program.value(end)
            callee = program.value(end.to(call.callee)) if isinstance(call, ir.Call) else None
            if isinstance(callee, ir.Member) and callee.name in {"child", "getSubLogger", "With", "WithGroup"}:
                yield from self._makers(end.to(callee.base), library, depth - 1)
            elif isinstance(call, ir.Call) and any(
                p.startswith((library, f"log/{library}.New")) for p in self.setups.paths(end)
            ):
                yield program.location(end.module, call.line)


def _way(key: str) -> Way:
    """``req.headers["x-api-key"]`` as keys."""
    found = (next(part for part in match.groups() if part is not None) for match in _PART.finditer(key))
    return tuple(part for part in found if part)

"""Which values of interest reach a record, in which form, under which key, and past which redaction."""

from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from skillaudit import ir
from skillaudit.facts import Flow, Form, Nature, Step
from skillaudit.linking.knowledge import vocabulary
from skillaudit.linking.loggers.redaction import Hidden, Redaction
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.origins.checked import Site, relevant
from skillaudit.linking.origins.origins import Origins
from skillaudit.linking.records.granted import Granted
from skillaudit.linking.records.shapes import Piece, Shape
from skillaudit.linking.values.origin import ANY, SECRET, TOLD, UNNAMED, Origin
from skillaudit.model import Location

_NAMED = SECRET | {Nature.HEADERS, Nature.CONFIG, Nature.TOKENS, Nature.BODY}
_DEEPEST = 4
_LAZY = {"loguru", "logtape"}
"""Loggers that call the functions they are given, where the record is written at all."""

_OF_TEXTS = {"split", "slice", "substring", "trim", "replace", "replaceAll", "toString", "concat", "padEnd", "at"}
"""Methods that JavaScript's texts have."""


@dataclass(slots=True)
class Reaching:
    """Evaluates the pieces of a record; ``redaction`` knows what loggers hide."""

    program: Program
    origins: Origins
    redaction: Redaction

    def flows(  # noqa: PLR0913 - all that is known of one record
        self, site: Site, call: int, library: str, shape: Shape, location: Location, *, wraps: bool
    ) -> Iterator[Flow]:
        """The flows into one record; inside a wrapper (``wraps``) its parameters are left to its callers."""
        end = Step(location, "logged here")
        found: dict[tuple[object, ...], Flow] = {}
        pieces: dict[tuple[object, ...], int] = {}
        hidden = self.redaction.of(library, site.fn, call)
        ask = self.origins.around if wraps else self.origins.known
        spared = self._is_spared(site)
        for piece, at, place in (given for held in shape.pieces for given in self._given(site, held, library)):
            for origin in relevant(ask(at, piece.path, place)):
                if spared and origin.nature in SECRET:
                    continue
                fields = piece.form is Form.FIELD or isinstance(self.program.value(self.program.given(at)), ir.Record)
                if (fields or hidden.words) and self._is_hidden(piece, at, origin, hidden):
                    continue
                nature, granted = self._said(site, piece, origin)
                name = UNNAMED if origin.name.startswith(TOLD) else origin.name
                key = (nature, name, piece.form, origin.partial, origin.written)
                if nature is not None and key in found:  # the beginning here and the end there
                    known, more = found[key].kept, _kept(piece, origin)
                    both = known + more if pieces[key] != piece.value else max(known, more)
                    found[key] = replace(found[key], kept=both)
                elif nature is not None:
                    pieces[key] = piece.value
                    found[key] = Flow(
                        nature, name, piece.form, (*origin.trace, end),
                        partial=origin.partial or piece.partial, certain=origin.certain,
                        escaped=origin.written or piece.escaped, kept=_kept(piece, origin),
                        field=self._field(at, piece, origin), granted=granted,
                    )  # fmt: skip
        yield from found.values()

    def _given(self, site: Site, piece: Piece, library: str) -> Iterator[tuple[Piece, At, Site]]:
        """A piece, or what a function gives back that the logger calls for it: ``logger.opt(lazy=True)``."""
        at = site.fn.at(piece.value)
        held = self.program.bare(at)
        value = self.program.value(held)
        if library not in _LAZY or not isinstance(value, ir.Closure):
            yield piece, at, site
            return
        inner = Fn(held.module, value.function)
        for step in self.program.function(inner).steps:
            if isinstance(step, ir.Return) and step.value >= 0:
                yield piece, inner.at(step.value), Site(inner, step.block, step.line)

    def _said(self, site: Site, piece: Piece, origin: Origin) -> tuple[Nature | None, bool]:
        """A token endpoint's answer is any answer where it refused, and surely a token where one is read out of it."""
        if origin.nature is not Nature.TOKENS:
            return origin.nature, False
        said = Granted(self.program)
        if said.refused(site):
            return Nature.RESPONSE, False
        return origin.nature, said.granted(site.fn, piece.value)

    def _is_spared(self, site: Site) -> bool:
        """Whether the record is only written where a flag says that the value is no secret."""
        function = self.program.function(site.fn)
        block = site.block
        while block >= 0:
            held = function.blocks[block]
            if held.kind in {"if", "else"} and held.test >= 0:
                tested = self.program.value(site.fn.at(held.test))
                negated = isinstance(tested, ir.Operation) and tested.operator in {"not", "!"}
                flag = tested.operands[0] if isinstance(tested, ir.Operation) and negated else held.test
                named = vocabulary.names_secrecy(self.origins.name_of(site.fn.at(flag)))
                if named and negated == (held.kind == "if"):
                    return True
            block = held.parent
        return False

    def _is_hidden(self, piece: Piece, at: At, origin: Origin, hidden: Hidden) -> bool:
        """Whether the logger redacts every entry that the origin comes by."""
        if not (hidden.ways or hidden.computed or hidden.words) or origin.nature not in _NAMED:
            return False
        named = (piece.key,) if piece.key else ()
        ways = [(way, value) for way, value in self._ways(at, named) if self._holds(value, origin)]
        if origin.nature is Nature.HEADERS and not named and (hidden.computed or not ways):
            return hidden.headers
        if origin.nature is Nature.HEADERS and ways and all(hidden.header(way) for way, _ in ways):
            return True
        return bool(ways) and all(
            hidden.entry(way, way[-1] if named else origin.name, itself=bool(way) and self._is_text(value, origin))
            or self._is_hidden_inside(way, value, origin, hidden)
            for way, value in ways
        )

    def _is_hidden_inside(self, way: tuple[str, ...], at: At, origin: Origin, hidden: Hidden) -> bool:
        """Whether the keys are hidden under which a container was filled: ``headers.set("authorization", …)``."""
        inside = self.origins.known(at, (ANY,)) if way else ()
        keys = {one.under for one in inside if (one.nature, one.name) == (origin.nature, origin.name)}
        return bool(keys) and all(key and hidden.entry((*way, key), key, itself=True) for key in keys)

    def _is_text(self, at: At, origin: Origin, depth: int = _DEEPEST) -> bool:
        """Whether a value was read from where the origin stands, or is a piece of that: no object that holds it."""
        at = self.program.bare(at)
        value = self.program.value(at)
        inside: tuple[int, ...] = ()
        match value:
            case ir.Text() | ir.Member(name=origin.name):
                return True
            case ir.Item(base=base):
                inside = (base,)
            case ir.Operation(operator=("||" | "??" | "or"), operands=operands) | ir.Choice(options=operands):
                inside = operands
            case ir.Call(callee=callee) if isinstance(method := self.program.value(at.to(callee)), ir.Member):
                if method.name in _OF_TEXTS:
                    return True
                inside = (method.base,)
            case _:
                return False
        return depth > 0 and any(self._is_text(at.to(one), origin, depth - 1) for one in inside)

    def _ways(self, at: At, way: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], At]]:
        """The values in a record, and in the records inside, each with the keys to it; what is spread has none."""
        used, at = at, self.program.given(at)
        value = self.program.value(at)
        if not isinstance(value, ir.Record) or not value.entries or len(way) == _DEEPEST:
            yield way, at if not isinstance(value, ir.Record) else used  # what is put in later, the variable knows
            return
        for entry in value.entries:
            yield from self._ways(at.to(entry.value), (*way, entry.key) if entry.key else way)

    def _field(self, at: At, piece: Piece, origin: Origin) -> str:
        if piece.form is not Form.FIELD or origin.nature not in _NAMED:
            return ""
        keys = [key for key, value in self._entries(at) if self._holds(value, origin)]
        return keys[0] if len(keys) == 1 else ""

    def _entries(self, at: At) -> list[tuple[str, At]]:
        at = self.program.bare(at)
        value = self.program.value(at)
        return [(e.key, at.to(e.value)) for e in value.entries if e.key] if isinstance(value, ir.Record) else []

    def _holds(self, at: At, origin: Origin) -> bool:
        return any((o.nature, o.name) == (origin.nature, origin.name) for o in self.origins.known(at))


def _kept(piece: Piece, origin: Origin) -> int:
    """How many characters are left of what was cut before it was handed over, by a wrapper, or both."""
    return min(piece.kept, origin.kept) if piece.partial and origin.partial else piece.kept or origin.kept

"""The shape of one record: which values become text, which become fields, whether it is JSON by construction."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

import msgspec
from msgspec.structs import replace

from skillaudit import ir
from skillaudit.credentials import shorten
from skillaudit.facts import Form, Level, Sink
from skillaudit.linking.knowledge.forms import Verb, lengths_of, named_verbs, verbs_of, verbs_of_fields, verbs_of_script
from skillaudit.linking.knowledge.logapis import ENCODED, LogApi
from skillaudit.linking.names.program import Fn, Program
from skillaudit.linking.names.symbols import Data, External, Instance, Symbol, Symbols
from skillaudit.linking.records import tracebacks
from skillaudit.linking.records._encoded import Encoded
from skillaudit.linking.records.chained import links
from skillaudit.linking.records.eventnames import constant_of, identifier_of

_FIELD_MAKERS = re.compile(
    r"^(?:log/slog|golang\.org/x/exp/slog|go\.uber\.org/zap|go\.opentelemetry\.io/otel/attribute)\."
    r"(?!(?:Group|Dict)$)[A-Z]\w*$"
)
_PAIR = 2
_EVENT_KEYS = {
    "event",
    "event_type",
    "eventType",
    "event_name",
    "eventName",
    "event.name",
    "event.action",
    "eventAction",
    "Event",
    "EventType",
    "EventName",
}
_EVENT_NAME = re.compile(r"^[A-Za-z][A-Za-z0-9]*(?:[_.:/-][A-Za-z0-9]+)+$|^[a-z]+(?:[A-Z][a-z]+)+$")
_NOT_FIELDS = {
    "exc_info",
    "stack_info",
    "stacklevel",
    "file",
    "flush",
    "end",
    "sep",
    "err",
    "nl",
    "logger",
    "logger_name",
}
_UNDER = "under "
"""How the style begins of what takes fields under an option."""

_BRACES = {"loguru", "logbook"}
"""Libraries that format messages as ``str.format`` does."""

_BY_KEYWORD = {"structlog", "powertools", "logfire"}
"""Libraries that take a record's fields as keywords."""

_TAKING_OBJECTS = {"nest", "winston"}
"""Libraries that write an object's entries as fields, wherever it stands among the arguments."""

_NOT_CHAINED = {"getLogger", "FromRequest", "FromContext", "Ctx"}
"""They give a logger out for what they are given, which goes into no record."""

_LONGEST_MESSAGE = 120
_PARTS = 1000


class Piece(msgspec.Struct, frozen=True):
    """A value of the calling function that goes into the record; ``kept`` characters of it where it is ``partial``.

    ``key`` is the name that it is given beside it: ``log.Info("text", "key", value)``.
    """

    value: int
    form: Form
    path: tuple[str, ...] = ()
    partial: bool = False
    escaped: bool = False
    kept: int = 0
    key: str = ""


class Shape(msgspec.Struct, frozen=True):
    """A record's pieces, its constant message, its event name and the names of its fields."""

    pieces: tuple[Piece, ...]
    message: str
    event: str
    fields: tuple[str, ...]
    interpolated: bool
    structured: bool


@dataclass(slots=True)
class Shapes:
    """Reads the arguments of log calls in the manner of their library."""

    program: Program
    symbols: Symbols
    encoded: Encoded = field(init=False)

    def __post_init__(self) -> None:
        """Read texts with the same knowledge."""
        self.encoded = Encoded(self.program, self.symbols)

    def of(self, fn: Fn, value: int, call: ir.Call, api: LogApi) -> Shape:
        """The shape of a direct call of ``api``."""
        positional = [a.value for a in call.args if not a.name]
        positional = positional[api.skip :] if len(positional) > api.skip else positional
        pieces = [
            *self._positional(fn, positional, api),
            *self._keywords(fn, call, api),
            *self.chained(fn, call),
            *self._filled(fn, call, api),
        ]
        pieces += [Piece(one, Form.FIELD, escaped=True) for one in tracebacks.told(self.program, fn, value, call)]
        whole = api.style == "join" or api.library == "logging"
        alone = positional[0] if whole and len(positional) == 1 else -1
        encoded = api.library == ENCODED or (alone >= 0 and self.encoded.record(fn, alone) is not None)
        return self._finish(fn, tuple(pieces), positional, api, structured=encoded)

    def around(
        self, fn: Fn, call: ir.Call, pieces: tuple[Piece, ...], names: Iterable[int] = (), *, structured: bool
    ) -> Shape:
        """The shape of a wrapper's call, whose pieces are known from its summary, as is what ``names`` the event."""
        positional = [a.value for a in call.args if not a.name]
        api = LogApi("", Level.INFO, Sink.LOGGER, "fields")
        keywords = tuple(
            Piece(a.value, Form.FIELD) for a in call.args if a.name and Piece(a.value, Form.FIELD) in pieces
        )
        whole = (*pieces, *(k for k in keywords if k not in pieces))
        shape = self._finish(fn, whole, positional, api, structured=structured)
        spoken = any(piece.form is Form.MESSAGE for piece in pieces)
        if event := next((said for value in names if (said := self._constant(fn, value))), ""):
            return replace(shape, event=event, message=event if structured or not spoken else shape.message)
        return shape if spoken or shape.event != shape.message else replace(shape, event="")

    def binds(self, fn: Fn, call: ir.Call, api: LogApi) -> bool:
        """Whether a call adds fields to later records: not where a logger is made without any."""
        values = [a.value for a in call.args if not a.name]
        return not api.style.startswith(_UNDER) or any(self._bound(fn, values, api.style.removeprefix(_UNDER)))

    # --- pieces

    def _positional(self, fn: Fn, values: list[int], api: LogApi) -> Iterator[Piece]:
        if api.style.startswith(_UNDER):
            yield from self._bound(fn, values, api.style.removeprefix(_UNDER))
            return
        verbs = self._verbs(fn, values, api)
        first = self._literal(fn, values[0]) if verbs or (api.style == "format" and len(values) == _PAIR) else ""
        if len(values) == _PAIR and (named := named_verbs(first)):
            yield from self._by_name(fn, values[1], named)
            return
        lengths = dict(enumerate(lengths_of(first), 1)) if not self.program.is_script(fn.module) else {}
        for position, value in enumerate(values):
            verb = verbs.get(position, Verb.WHOLE)
            if verb is Verb.NOTHING:
                continue
            if verb is Verb.QUOTED:
                yield Piece(value, Form.MESSAGE, escaped=True)
                continue
            made = self._made_field(fn, value)
            if made is not None:
                yield Piece(made, Form.FIELD, key=self._key(fn, value))
            elif api.style == "object":
                yield Piece(value, Form.FIELD if position == 0 and not self._is_text(fn, value) else Form.MESSAGE)
            elif api.library in _TAKING_OBJECTS and self._is_shown(fn, value):
                yield from (Piece(said, Form.MESSAGE) for said in self._spoken(fn, value))
                yield Piece(value, Form.FIELD)
            elif api.style == "fields" and position > 0:
                yield Piece(value, Form.FIELD, key=self._literal(fn, values[position - 1]) if position > 1 else "")
            else:
                most = lengths.get(position, 0)
                shown = api.library == "console" and self._is_shown(fn, value)
                yield Piece(value, Form.MESSAGE, partial=bool(most), escaped=shown, kept=most)

    def _spoken(self, fn: Fn, value: int) -> Iterator[int]:
        """The text of a record that is handed over as one object: ``logger.log({ level, message, ...fields })``."""
        record = self._record(fn, value)
        yield from (entry.value for entry in record.entries if entry.key == "message") if record else ()

    def _bound(self, fn: Fn, values: list[int], option: str) -> Iterator[Piece]:
        """What a logger is made with to write with every record, unless it is told there what to hide."""
        for value in values[:1]:
            held = self.program.value(self.program.bare(fn.at(value)))
            keys = {entry.key for entry in held.entries} if isinstance(held, ir.Record) else set()
            if option in keys and "redact" not in keys:
                yield Piece(value, Form.FIELD, path=(option,))

    def _by_name(self, fn: Fn, value: int, verbs: Mapping[str, Verb]) -> Iterator[Piece]:
        """The entries of the dictionary that ``"%(user)s"`` takes by their names."""
        held = self.program.value(self.program.bare(fn.at(value)))
        for entry in held.entries if isinstance(held, ir.Record) else ():
            if (verb := verbs.get(entry.key, Verb.NOTHING)) is not Verb.NOTHING:
                yield Piece(entry.value, Form.MESSAGE, escaped=verb is Verb.QUOTED)
        if not isinstance(held, ir.Record):
            yield Piece(value, Form.MESSAGE)

    def _is_shown(self, fn: Fn, value: int) -> bool:
        """Whether a console writes the texts in a value with quotes and escapes: inside an object or a list.

        An error is written as its message and where it was made.
        """
        held = self.program.value(self.program.bare(fn.at(value)))
        found = self.symbols.resolve(fn.at(value))
        return isinstance(held, ir.Record | ir.Sequence) or (bool(found) and all(map(self._is_object, found)))

    def _is_object(self, symbol: Symbol) -> bool:
        if isinstance(symbol, Data):
            return isinstance(self.program.value(symbol.at), ir.Record | ir.Sequence)
        if not isinstance(symbol, Instance):
            return False
        declared = self.program.klass(symbol.cls)
        scope = Fn(symbol.cls.module, declared.scope)
        return not any(self.program.called(scope.at(base)).endswith(("Error", "Exception")) for base in declared.bases)

    def _verbs(self, fn: Fn, values: list[int], api: LogApi) -> dict[int, Verb]:
        """By position: what the conversion in a format text leaves of an argument."""
        texts = [self.program.value(fn.at(value)) for value in values[:2]]
        if self.program.modules[fn.module].language in {"typescript", "javascript"}:
            first = 1 if api.style == "object" and isinstance(texts[0] if texts else None, ir.Record) else 0
            told = verbs_of_script
        else:
            first, told = 0, verbs_of_fields if api.library in _BRACES else verbs_of
            if api.style != "format" and api.library != "print":
                return {}
        held = texts[first] if first < len(texts) else None
        return dict(enumerate(told(held.text), first + 1)) if isinstance(held, ir.Literal) else {}

    def _keywords(self, fn: Fn, call: ir.Call, api: LogApi) -> Iterator[Piece]:
        for argument in call.args:
            if argument.name and argument.name not in _NOT_FIELDS:
                loguru = api.library == "loguru"
                form = Form.MESSAGE if loguru and argument.name != "extra" else Form.FIELD
                yield Piece(argument.value, form, key=argument.name if api.library in _BY_KEYWORD else "")
        del fn

    def chained(self, fn: Fn, call: ir.Call) -> Iterator[Piece]:
        """Fields given on the way: ``WithField("k", v).Info()``, ``Str("k", v).Msg()``, ``bind(k=v)`` before."""
        for base in links(self.program, fn, call.callee):
            inner = self.program.value(fn.at(base.callee))
            if isinstance(inner, ir.Member) and inner.name not in _NOT_CHAINED:
                first = self._literal(fn, base.args[0].value) if len(base.args) == _PAIR else ""
                for position, argument in enumerate(base.args):
                    key = argument.name or (first if position else "")
                    yield Piece(self.inside(fn, argument.value), Form.FIELD, key=key)

    def _filled(self, fn: Fn, call: ir.Call, api: LogApi) -> Iterator[Piece]:
        """What was put into an event of zerolog's before it is written: ``e.Str("k", v)``, then ``e.Msg("…")``."""
        callee = self.program.value(fn.at(call.callee))
        event = callee.base if isinstance(callee, ir.Member) and api.library == "zerolog" else -1
        if event < 0 or not isinstance(self.program.value(fn.at(event)), ir.Variable):
            return
        for _, other, _ in self.program.calls(fn):
            put = self.program.value(fn.at(other.callee))
            if isinstance(put, ir.Member) and put.base == event and other.start < call.start and len(other.args) > 1:
                yield Piece(other.args[-1].value, Form.FIELD)

    def inside(self, fn: Fn, value: int) -> int:
        """The value that a record's field holds: itself, or what a field was made of."""
        made = self._made_field(fn, value)
        return value if made is None else made

    def _made_field(self, fn: Fn, value: int) -> int | None:
        """The value inside ``slog.String("k", v)`` or ``zap.Any("k", v)``."""
        call = self.program.value(fn.at(value))
        if not isinstance(call, ir.Call) or not call.args:
            return None
        paths = (s.path for s in self.symbols.resolve(fn.at(call.callee)) if isinstance(s, External))
        return call.args[-1].value if any(_FIELD_MAKERS.match(p) for p in paths) else None

    def _key(self, fn: Fn, value: int) -> str:
        """The name that ``slog.String("k", v)`` gives the value inside."""
        call = self.program.value(fn.at(value))
        return self._literal(fn, call.args[0].value) if isinstance(call, ir.Call) and len(call.args) > 1 else ""

    def _literal(self, fn: Fn, value: int) -> str:
        held = self.program.value(fn.at(value))
        return held.text if isinstance(held, ir.Literal) and held.kind == "str" else ""

    def _is_text(self, fn: Fn, value: int) -> bool:
        held = self.program.value(fn.at(value))
        while isinstance(held, ir.Variable):
            held = self.program.value(fn.at(held.value))
        return isinstance(held, ir.Text) or (isinstance(held, ir.Literal) and held.kind == "str")

    # --- the record as a whole

    def _finish(
        self, fn: Fn, pieces: tuple[Piece, ...], positional: list[int], api: LogApi, *, structured: bool
    ) -> Shape:
        texts = [p.value for p in pieces if p.form is Form.MESSAGE] or positional[:1]
        message = self._constant(fn, texts[0]) if texts else ""
        keys = tuple(dict.fromkeys(key for p in pieces for key in self._keys(fn, p, positional)))
        event = next((name for p in pieces for name in self._event(fn, p)), "")
        if not event and (_EVENT_NAME.match(message) or api.library == "structlog"):
            event = message  # structlog writes its first argument as `event`
        interpolated = any(self._interpolates(fn, value) for value in texts) or (
            api.style in {"format", "join"} and any(not self._is_constant(fn, v) for v in texts[1:])
        )
        return Shape(pieces, shorten(message, _LONGEST_MESSAGE), event, keys, interpolated, structured)

    def _keys(self, fn: Fn, piece: Piece, positional: list[int]) -> Iterator[str]:
        held = self._record(fn, piece.value)
        if held is not None:
            yield from (entry.key for entry in held.entries if entry.key)
        elif piece.form is Form.FIELD:
            value = self.program.value(fn.at(piece.value))
            if isinstance(value, ir.Variable):
                yield value.name
            elif isinstance(value, ir.Literal) and piece.value in positional and value.kind == "str":
                yield value.text

    def _record(self, fn: Fn, value: int) -> ir.Record | None:
        held = self.program.value(fn.at(value))
        inner = self.encoded.record(fn, value)
        if inner is not None:
            return self._record(fn, inner)
        if isinstance(held, ir.Variable):
            return self._record(fn, held.value)
        return held if isinstance(held, ir.Record) else None

    def naming(self, fn: Fn, piece: Piece) -> Iterator[int]:
        """The values that a piece gives the record under a key for the event's name."""
        if piece.key in _EVENT_KEYS:
            yield piece.value
        record = self._record(fn, piece.value)
        yield from (entry.value for entry in record.entries if entry.key in _EVENT_KEYS) if record else ()

    def _event(self, fn: Fn, piece: Piece) -> Iterator[str]:
        record = self._record(fn, piece.value)
        names = (self._constant(fn, value) for value in self.naming(fn, piece))
        entries = record.entries if record else ()
        known = (identifier_of(self.symbols, entry.key, fn.at(entry.value)) for entry in entries)
        yield from (name for name in (*names, *known) if name)

    def _constant(self, fn: Fn, value: int) -> str:
        """The constant text of a message, its variable parts as ``…``; of very many the first."""
        return "".join(islice(self._said(fn, value, inside=False), _PARTS))

    def _said(self, fn: Fn, value: int, *, inside: bool) -> Iterator[str]:
        held = self.program.value(fn.at(value))
        match held:
            case ir.Variable():
                yield from self._said(fn, held.value, inside=inside)
            case ir.Text():
                for part in held.parts:
                    yield from self._said(fn, part, inside=True)
            case ir.Choice():
                yield from self._said(fn, held.options[0], inside=inside)
            case _:
                text = held.text if isinstance(held, ir.Literal) and held.kind == "str" else ""
                yield text or constant_of(self.symbols, fn.at(value)) or ("…" if inside else "")

    def _interpolates(self, fn: Fn, value: int) -> bool:
        held = self.program.value(fn.at(value))
        if isinstance(held, ir.Variable):
            return self._interpolates(fn, held.value)
        if isinstance(held, ir.Call):
            callee = self.program.value(fn.at(held.callee))
            return isinstance(callee, ir.Member) and callee.name in {"format", "Sprintf"}
        return isinstance(held, ir.Text) and any(not self._is_constant(fn, part) for part in held.parts)

    def _is_constant(self, fn: Fn, value: int) -> bool:
        return isinstance(self.program.value(fn.at(value)), ir.Literal)

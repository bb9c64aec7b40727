"""Every call that writes a record: of a library, of what presents itself as a logger, of the project's wrappers.

A wrapper is summarised once (which parameter reaches the sink, in which form, at which level, behind which gate) and
its call sites are judged with the summary; its inner call keeps only what the wrapper itself adds.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from skillaudit import ir
from skillaudit.facts import Level, LogCall, Sink
from skillaudit.linking.calls.callees import callees
from skillaudit.linking.calls.gates import Gates, never_runs, within
from skillaudit.linking.calls.skipped import Skipped
from skillaudit.linking.calls.verbosity import verbose
from skillaudit.linking.knowledge import vocabulary
from skillaudit.linking.knowledge.browser import in_browser
from skillaudit.linking.knowledge.forms import HARMLESS_VERBS, QUOTING_VERBS
from skillaudit.linking.knowledge.logapis import LogApi, context_api, level_of, log_api
from skillaudit.linking.knowledge.spans import span_api
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import External, Formal, Symbol, Symbols
from skillaudit.linking.origins.callbacks import Callbacks
from skillaudit.linking.origins.checked import Site
from skillaudit.linking.origins.injected import Injected, is_context
from skillaudit.linking.origins.origins import Origins
from skillaudit.linking.records.bindings import Bindings
from skillaudit.linking.records.elsewhere import handed_elsewhere
from skillaudit.linking.records.encodedlogs import EncodedLogs
from skillaudit.linking.records.filelogs import FileLogs
from skillaudit.linking.records.namedlogs import NamedLogs
from skillaudit.linking.records.reaching import Reaching
from skillaudit.linking.records.shapes import Piece, Shape, Shapes
from skillaudit.linking.records.wrapper import Hit, Passed, Wrapper
from skillaudit.linking.records.writers import Writers
from skillaudit.linking.values.oneshot import answers_once
from skillaudit.model import Confidence

_AMBIGUOUS = {"log", "record", "report", "event", "print", "trace", "emit"}
_SHORT = 6
_LONG = 16
_DEEPEST = 5


@dataclass(slots=True)
class LogCalls:
    """Finds the log calls of functions; ``of(fn)`` is remembered."""

    program: Program
    symbols: Symbols
    origins: Origins
    gates: Gates
    shapes: Shapes
    reaching: Reaching
    files: FileLogs = field(init=False)
    writers: Writers = field(init=False)
    encoded: EncodedLogs = field(init=False)
    named: NamedLogs = field(init=False)
    callbacks: Callbacks = field(init=False)
    bindings: Bindings = field(init=False)
    skipped: Skipped = field(init=False)
    _wrappers: dict[Fn, Wrapper | None] = field(default_factory=dict)
    injected: Injected = field(init=False)
    _busy: set[Fn] = field(default_factory=set)
    _browser: dict[int, bool] = field(default_factory=dict)
    _once: dict[int, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Know which files are logs, and which writers are streams."""
        self.files = FileLogs(self.program, self.symbols)
        self.writers = Writers(self.program, self.symbols, self.origins)
        self.encoded = EncodedLogs(self.program, self.symbols, self.writers, self.files)
        self.named = NamedLogs(self.program, self.origins)
        self.skipped = Skipped(self.program)
        changes = self.origins.holdings.changes
        self.injected = Injected(self.program, self.symbols, self.origins.callings, changes)
        self.bindings = Bindings(self.program, self.symbols, self.shapes)
        self.callbacks = Callbacks(self.program, self.symbols, self.origins)

    def all(self) -> Iterator[tuple[Fn, int, LogCall]]:
        """Every log call with its function and block."""
        for fn in self.program.functions():
            for value, call, block in self.program.calls(fn):
                hit = self.hit(fn, call)
                if hit is not None and self._runs(fn, value, hit):
                    yield fn, block, self._judge(fn, value, call, block, hit)

    def _runs(self, fn: Fn, value: int, hit: Hit) -> bool:
        """Whether the call is made, and what it calls is run."""
        inert = hit.target is not None and self.skipped.inert(fn, value, hit.target)
        return not (inert or self.skipped.never(fn, value))

    # --- recognising

    def hit(self, fn: Fn, call: ir.Call) -> Hit | None:  # noqa: PLR0911 - one answer per way to a record
        """Whether a call writes a record, and through what."""
        logger = self._chosen(fn, call)
        if logger is not None:
            return self._dynamic_hit(logger)
        symbols = callees(self.symbols, fn.at(call.callee))
        for symbol in symbols:
            if isinstance(symbol, External) and (api := log_api(symbol.path)):
                if api.sink is Sink.CLIENT and never_runs(self.program, fn, call):
                    return None
                stream = self.writers.told(fn, call, api)
                return Hit(stream) if stream.sink is not Sink.FILE else self._into_file(fn, call)
            if isinstance(symbol, External) and (api := span_api(symbol.path) or context_api(symbol.path)):
                return Hit(api) if self.shapes.binds(fn, call, api) else None
        for symbol in symbols:
            if isinstance(symbol, Fn) and (wrapper := self.wrapper(symbol)):
                return Hit(self._level(fn, call, wrapper, symbol), wrapper=wrapper, target=symbol)
        if kept := self._kept(fn, call, symbols):
            return kept
        own = [s for s in symbols if isinstance(s, Fn)]
        if own:
            return self._own_logger(own)
        return (
            self._handed(fn, call, symbols) or self._by_name(fn, call, symbols) or self._called_back(fn, call, symbols)
        )

    def _by_name(self, fn: Fn, call: ir.Call, symbols: tuple[Symbol, ...]) -> Hit | None:
        api = self.named.api(fn, call, symbols)
        return Hit(api, Confidence.MEDIUM) if api else None

    def _handed(self, fn: Fn, call: ir.Call, symbols: tuple[Symbol, ...]) -> Hit | None:
        """A logger, or a method of one, that somebody hands in: by a parameter, to a constructor, in a context."""
        if any(not isinstance(symbol, Formal) for symbol in symbols if not is_context(symbol)):
            return None
        callee = self.program.value(fn.at(call.callee))
        if isinstance(callee, ir.Member) and level_of(callee.name) is not None:
            paths = [
                f"{s.path}.{callee.name}" for s in self.injected.denotes(fn.at(callee.base)) if isinstance(s, External)
            ]
            apis = [api for path in paths if (api := log_api(path))]
        else:
            held = self.injected.denotes(fn.at(call.callee))
            apis = [api for s in held if isinstance(s, External) and (api := log_api(s.path))]
            apis = apis if len(apis) == len(held) else []
        return Hit(apis[0]) if apis else None

    def _called_back(self, fn: Fn, call: ir.Call, symbols: tuple[Symbol, ...]) -> Hit | None:
        """``report(text)`` where every caller hands over a function that writes a record."""
        if any(not isinstance(symbol, Formal) for symbol in symbols) or not call.args:
            return None
        hits: list[Hit] = []
        for symbol in self.callbacks.of(fn.at(call.callee)):
            if isinstance(symbol, External) and (api := log_api(symbol.path)):
                hits.append(Hit(api, Confidence.MEDIUM))
            elif isinstance(symbol, Fn) and (wrapper := self.wrapper(symbol)):
                api = self._level(fn, call, wrapper, symbol)
                hits.append(Hit(api, Confidence.MEDIUM, wrapper=wrapper, target=symbol))
            else:
                return None
        return hits[0] if hits else None

    def _kept(self, fn: Fn, call: ir.Call, symbols: tuple[Symbol, ...]) -> Hit | None:
        """What goes into a file, or into the records of a logger that is given out."""
        bound = self.bindings.api(fn, call, symbols)
        return Hit(bound) if bound else self._into_file(fn, call)

    def _into_file(self, fn: Fn, call: ir.Call) -> Hit | None:
        api = self.files.api(fn, call) or self.encoded.api(fn, call)
        return Hit(api) if api else None

    def _own_logger(self, targets: list[Fn]) -> Hit | None:
        """A method such as ``info`` of a project's class that is called a logger, whatever becomes of the record."""
        for target in targets:
            owner = self.symbols.owner(target)
            level = level_of(self.program.function(target).name)
            named = owner is not None and vocabulary.names_logger_class(self.program.klass(owner).name)
            if named and level is not None:
                return Hit(LogApi("unknown", level, Sink.LOGGER, "fields"), Confidence.MEDIUM)
        return None

    def _chosen(self, fn: Fn, call: ir.Call) -> At | None:
        """The object whose method is chosen at run time: ``logger[level](…)``, ``getattr(logger, level)(…)``."""
        callee = self.program.value(fn.at(call.callee))
        if isinstance(callee, ir.Item) and not isinstance(self.program.value(fn.at(callee.key)), ir.Literal):
            return fn.at(callee.base)
        if isinstance(callee, ir.Call) and callee.args and self.origins.name_of(fn.at(callee.callee)) == "getattr":
            return fn.at(callee.args[0].value)
        return None

    def _dynamic_hit(self, logger: At) -> Hit | None:
        for symbol in self.symbols.resolve(logger):
            if isinstance(symbol, External) and (api := log_api(f"{symbol.path}.info")):
                return Hit(api)
        named = self.named.chosen(self.origins.name_of(logger))
        return Hit(named, Confidence.MEDIUM) if named else None

    def _level(self, fn: Fn, call: ir.Call, wrapper: Wrapper, target: Fn) -> LogApi:
        """A wrapper's level: its own name says it, or the argument that it passes on, else its inner call's."""
        api = wrapper.api
        level = level_of(self.program.function(target).name)
        if level is None and wrapper.dynamic >= 0:
            for at in self.origins.arguments(fn, call, Formal(target, wrapper.dynamic)):
                value = self.program.value(at)
                level = level_of(value.text) if isinstance(value, ir.Literal) else None
        return LogApi(api.library, level or api.level, api.sink, api.style, api.skip)

    # --- wrappers

    def wrapper(self, fn: Fn) -> Wrapper | None:
        """The summary of a function that hands a parameter to a log call; None if it is no wrapper."""
        if fn in self._wrappers:
            return self._wrappers[fn]
        if fn in self._busy or len(self._busy) > _DEEPEST:
            return None
        self._busy.add(fn)
        found = self._summarise(fn)
        self._busy.discard(fn)
        self._wrappers[fn] = found
        return found

    def _summarise(self, fn: Fn) -> Wrapper | None:
        function = self.program.function(fn)
        if not function.params or any(self.origins.roles.of(Formal(fn, i)) for i in range(len(function.params))):
            return None
        presents = self._presents(fn)
        if not presents and len(function.steps) > (_LONG if self.encoded.ends(fn) else _SHORT):
            return None
        found: Wrapper | None = None
        where = 0
        for value, call, block in self.program.calls(fn):
            hit = self.hit(fn, call)
            elsewhere = {Sink.CLIENT, Sink.SPAN, Sink.CONTEXT}
            if hit is None or hit.api.sink in elsewhere or not self._runs(fn, value, hit):
                continue
            shape = self._shape(fn, value, call, hit)
            passed = tuple(p for piece in shape.pieces for p in self._passed(Site(fn, block, call.line), piece))
            if not passed or not (presents or self._only_logs(fn)):
                continue
            if found is None:
                where = block
                found = self._wrap(fn, call, block=block, hit=hit, shape=shape, passed=passed)
            else:  # it writes several records, or one on each branch
                found = replace(found, passed=tuple(dict.fromkeys((*found.passed, *passed))))
        given = {one.index for one in found.passed} if found else set()
        lost = found and handed_elsewhere(self.symbols, fn, where, given, self._writes)
        return None if lost else found

    def _writes(self, fn: Fn, call: ir.Call) -> bool:
        return self.hit(fn, call) is not None

    def _only_logs(self, fn: Fn) -> bool:
        """Whether the function does nothing but log: every call in it writes the record or shapes what goes into it."""
        function = self.program.function(fn)
        stores = [step for step in function.steps if isinstance(step, ir.Store)]
        if any(not self._is_made(fn, step.base) for step in stores):
            return False
        inside = within(function, *(step.value for step in stores))
        for value, call, _ in reversed(list(self.program.calls(fn))):
            if value in inside or self.hit(fn, call) is not None:
                inside |= within(function, call.callee, *(argument.value for argument in call.args))
            elif not (self.encoded.is_aside(fn, call) or self.gates.asks_level(fn, value, call)):
                return False
        returned = (s.value for s in function.steps if isinstance(s, ir.Return) and s.value >= 0)
        return all(isinstance(function.values[value], ir.Call | ir.Literal) for value in returned)

    def _is_made(self, fn: Fn, base: int) -> bool:
        """Whether what something is stored into is a record put together here, or Go's copy of one; nobody else's."""
        held = self.program.value(self.program.bare(fn.at(base))) if base >= 0 else None
        if isinstance(held, ir.Param) and self.program.modules[fn.module].language == "go":
            return self.program.function(fn).params[held.index].type_text[:1] not in {"*", "[", "m"}
        return isinstance(held, ir.Record | ir.Call)

    def _wrap(  # noqa: PLR0913 - a summary joins all of it
        self, fn: Fn, call: ir.Call, *, block: int, hit: Hit, shape: Shape, passed: tuple[Passed, ...]
    ) -> Wrapper:
        inner = self.program.location(fn.module, call.line, call.end_line)
        via = (inner, *(hit.wrapper.via if hit.wrapper else ()))
        gate = self.gates.opt_in(fn, block, call.line) or (hit.wrapper.gate if hit.wrapper else "")
        structured = shape.structured or bool(hit.wrapper and hit.wrapper.structured)
        event = self._event(fn, call, hit, shape)
        return Wrapper(hit.api, passed, via, structured, gate, self._dynamic(fn, call, hit), event)

    def _presents(self, fn: Fn) -> bool:
        """Whether the function, or its class, calls itself a logger."""
        function = self.program.function(fn)
        owner = self.symbols.owner(fn)
        named = vocabulary.names_logging(function.name)
        if named and function.name.lower() in _AMBIGUOUS:
            named = all(s.value < 0 for s in function.steps if isinstance(s, ir.Return))  # `git.log()` gives a log back
        return named or (owner is not None and vocabulary.names_recorder(self.program.klass(owner).name))

    def _passed(self, site: Site, piece: Piece) -> Iterator[Passed]:
        fn = site.fn
        for origin in self.origins.seen(fn.at(piece.value), piece.path, site):
            if origin.formal is not None and origin.formal.fn == fn:
                partial, escaped = piece.partial or origin.partial, piece.escaped or origin.written
                kept = min(piece.kept, origin.kept) if piece.partial and origin.partial else piece.kept or origin.kept
                yield Passed(origin.formal.position, piece.form, origin.path, partial, escaped, kept, origin.without)

    def _dynamic(self, fn: Fn, call: ir.Call, hit: Hit) -> int:
        """The parameter that names the level: ``logger[level](…)``, ``log(level, …)``, ``this.write(level, …)``."""
        callee = self.program.value(fn.at(call.callee))
        chosen = callee.args[1:2] if isinstance(callee, ir.Call) else call.args[:1]
        values = [callee.key] if isinstance(callee, ir.Item) else [a.value for a in chosen]
        for value in values:
            for origin in self.origins.of(fn.at(value)):
                if origin.formal is not None and origin.formal.fn == fn and "level" in origin.name.lower():
                    return origin.formal.position
        return hit.wrapper.dynamic if hit.wrapper and hit.target == fn else -1

    def _event(self, fn: Fn, call: ir.Call, hit: Hit, shape: Shape) -> int:
        """The parameter that the record holds as the event's name."""
        inner = (value for piece in shape.pieces for value in self.shapes.naming(fn, piece))
        for value in (*inner, *self._names(fn, call, hit)):
            for origin in self.origins.of(fn.at(value)):
                if origin.formal is not None and origin.formal.fn == fn and not origin.path:
                    return origin.formal.position
        return -1

    def _names(self, fn: Fn, call: ir.Call, hit: Hit) -> list[int]:
        """What the call of a wrapper hands it as the event's name."""
        if hit.wrapper is None or hit.target is None or hit.wrapper.event < 0:
            return []
        given = self.origins.callings.filling(fn, call, Formal(hit.target, hit.wrapper.event))
        return [at.value for at, taken in given if not taken and Fn(at.module, at.function) == fn]

    # --- judging

    def _shape(self, fn: Fn, value: int, call: ir.Call, hit: Hit) -> Shape:
        if hit.api.style == "bound":
            return self.bindings.shape(fn, call, hit.api)
        if hit.wrapper is None or hit.target is None:
            return self.shapes.of(fn, value, call, hit.api)
        pieces = [
            Piece(at.value, passed.form, taken, passed.partial, passed.escaped, passed.kept)
            for passed in hit.wrapper.passed
            for at, taken, _ in self.origins.callings.filled(fn, call, passed.of(hit.target))
            if at.module == fn.module and at.function == fn.number
        ]
        pieces = list(self._formatted(fn, call, pieces))
        names = self._names(fn, call, hit)
        return self.shapes.around(fn, call, tuple(dict.fromkeys(pieces)), names, structured=hit.wrapper.structured)

    def _formatted(self, fn: Fn, call: ir.Call, pieces: list[Piece]) -> Iterator[Piece]:
        """Pieces after the conversions of a format text that the wrapper hands on."""
        verbs = self.origins.hints.verbs(fn.at(0), call)
        met = {call.args[number].value: verb for number, verb in verbs.items() if number < len(call.args)}
        for piece in pieces:
            verb = met.get(piece.value, "v")
            if verb not in HARMLESS_VERBS:
                yield replace(piece, escaped=piece.escaped or verb in QUOTING_VERBS)

    def _judge(self, fn: Fn, value: int, call: ir.Call, block: int, hit: Hit) -> LogCall:
        function = self.program.function(fn)
        shape = self._shape(fn, value, call, hit)
        wraps = self.wrapper(fn) is not None and self._is_called(fn)
        location = self.program.location(fn.module, call.line, call.end_line)
        gate = self.gates.opt_in(fn, block, call.line) or (hit.wrapper.gate if hit.wrapper else "")
        site = Site(fn, block, call.line)
        return LogCall(
            location=location,
            surface=self.program.surface(fn.module),
            package=self.program.package_path(fn.module),
            library=hit.api.library,
            level=Level.DEBUG if self._verbose(fn, value) else hit.api.level,
            sink=self._sink(fn, hit),
            function=function.qualname,
            message=shape.message,
            flows=tuple(self.reaching.flows(site, value, hit.api.library, shape, location, wraps=wraps)),
            fields=shape.fields,
            event=shape.event,
            via=hit.wrapper.via if hit.wrapper else (),
            gate=gate,
            handler=self.gates.in_handler(fn, block),
            interpolated=shape.interpolated,
            structured=shape.structured,
            confidence=hit.confidence,
        )

    def _sink(self, fn: Fn, hit: Hit) -> Sink:
        """Where the record goes: a browser's code writes to its console, a hook's streams go to who started it."""
        if fn.module not in self._browser:
            self._browser[fn.module] = in_browser(self.program.modules[fn.module])
        if hit.api.sink in {Sink.STDOUT, Sink.STDERR} and hit.wrapper is None and self._once_only(fn.module):
            return Sink.CLIENT
        mine = hit.api.sink in {Sink.CLIENT, Sink.SPAN, Sink.CONTEXT}
        return Sink.BROWSER if self._browser[fn.module] and not mine else hit.api.sink

    def _once_only(self, module: int) -> bool:
        if module not in self._once:
            self._once[module] = answers_once(self.program, self.symbols, module)
        return self._once[module]

    def _is_called(self, fn: Fn) -> bool:
        """Whether those who call a wrapper are judged: not where it is only handed on, or looked up in a table."""
        callers = self.origins.callers.get(fn, ())
        handed = self.origins.handed.get(fn) or self.origins.callings.handovers.of(fn)
        calls = ((caller, self.program.value(caller.at(value))) for caller, value in callers)
        named = (fn in callees(self.symbols, c.at(call.callee)) for c, call in calls if isinstance(call, ir.Call))
        return any(named) if callers or handed else True

    def _verbose(self, fn: Fn, value: int) -> bool:
        return self.program.modules[fn.module].language == "go" and verbose(self.program, fn.at(value))

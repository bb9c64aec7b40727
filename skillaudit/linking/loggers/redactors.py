"""What hides secrets in records, and whether it is in use: redaction layers of loggers, the project's own masks.

A layer is in use where it is handed to the logger; a helper where production code refers to it. A name that nobody in
production code mentions cannot be reached, whatever imports or registers would have to look like.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.facts import Redactor
from skillaudit.linking.calls.gates import children, unused
from skillaudit.linking.loggers import nestlogs, processors, slogredactors
from skillaudit.linking.loggers.setups import Setups
from skillaudit.linking.names.program import At, Cls, Fn
from skillaudit.linking.names.symbols import External
from skillaudit.linking.values import givenback

REQUESTS = "pino of requests"
"""The library of loggers that a web framework makes for its requests: ``request.log``."""

_HIDES = re.compile(
    r"^_*(?:redact|mask|scrub|obfuscat|censor|hide_?(?:secret|token|key|cred|sensitive)|strip_?(?:secret|cred|token)|"
    r"sanitiz\w*_?(?:log|secret|token|cred|header|sensitive|arg|param)|remove_?(?:secret|sensitive)|filter_?(?:secret|sensitive))|"
    r"(?:Redact|Mask|Scrub|Secret|Sensitive|Credential)\w*(?:Filter|Formatter|Processor|Redactor|Masker)$",
    re.IGNORECASE,
)
_PROMISES = re.compile(
    r"redact|scrub|obfuscat|censor|(?:mask|hide|strip|remove|filter|sanitiz)\w*_?(?:secret|token|cred|sensitive)",
    re.IGNORECASE,
)
"""What sounds so much like hiding secrets that a function of this name which changes nothing deceives."""

_USELESS = "it changes no record and keeps none back"
_KEEPING = {"lru_cache", "cache", "wraps", "staticmethod", "classmethod", "overload", "deprecated", "final"}
"""Decorators that leave it to others to call the function."""
_DOTTED = re.compile(r"^[A-Za-z_][\w.]*\.[A-Z]\w*$")
_OPTIONS = {"pino": ("redact", ""), "tslog": ("maskValuesOfKeys", "**.")}
_INSIDE = {
    "fastify": "logger", "fastify.fastify": "logger", "fastify.default": "logger",
    "nestjs-pino.LoggerModule.forRoot": "pinoHttp", "nestjs-pino.LoggerModule.forRootAsync": "pinoHttp",
}  # fmt: skip
_LAYERS = {"logging.Filter", "logging.Formatter"}


@dataclass(slots=True)
class Redactors:
    """Recognises layers and helpers; ``configured``: settings files may load classes by name."""

    setups: Setups
    configured: bool
    _mentions: set[str] | None = None
    _used: dict[Fn, set[int]] = field(default_factory=dict)

    def all(self) -> Iterator[Redactor]:
        """Every layer and every helper of production code."""
        yield from self._options()
        yield from self._nested()
        yield from slogredactors.layers(self.setups)
        yield from processors.layers(self.setups)
        program = self.setups.box.program
        for number, module in enumerate(program.modules):
            if not program.surface(number).counts:
                continue
            for place, declared in enumerate(module.classes):
                if self._is_layer(Cls(number, place)):
                    fault = _USELESS if self._lets_all_pass(Cls(number, place)) else ""
                    yield self._defined(number, declared.line, declared.name, "layer", fault)
            for place, function in enumerate(module.functions):
                fn = Fn(number, place)
                if place and function.owner < 0 and _HIDES.search(function.name) and not self._is_registered(fn):
                    yield from self._helper(fn, function)

    def _helper(self, fn: Fn, function: ir.Function) -> Iterator[Redactor]:
        """A helper that is called after what it hides, with what it lacks: its answer is not used, or is its input."""
        if self._masks(fn):
            fault = "its result is thrown away" if self._is_dropped(fn) else ""
            yield self._defined(fn.module, function.line, function.name, "helper", fault)
        elif _PROMISES.search(function.name) and givenback.gives_back(self.setups.box.program, fn):
            yield self._defined(fn.module, function.line, function.name, "helper", "it gives back what it is given")

    def _is_dropped(self, fn: Fn) -> bool:
        """Whether no caller does anything with what the function gives back, which is all that it does."""
        program, origins = self.setups.box.program, self.setups.box.origins
        calls = [
            (caller, number) for caller, number in origins.callers.get(fn, ()) if not program.is_test(caller.module)
        ]
        if not calls or origins.handed.get(fn) or givenback.changes_given(program, fn):
            return False
        return all(unused(program, caller, number) for caller, number in calls)

    def _lets_all_pass(self, cls: Cls) -> bool:
        """Whether the ``filter`` of a layer of Python's logging neither changes a record nor keeps one back."""
        program = self.setups.box.program
        methods = {m.name: Fn(cls.module, m.function) for m in program.klass(cls).methods}
        fn = methods.get("filter")
        if fn is None or "format" in methods or givenback.changes_given(program, fn):
            return False
        ends = [step.value for step in program.function(fn).steps if isinstance(step, ir.Return)]
        said = [program.value(fn.at(end)) if end >= 0 else None for end in ends]
        return all(isinstance(one, ir.Literal) and one.text in {"True", "true", "1"} for one in said)

    # --- layers that a logger is made with

    def _options(self) -> Iterator[Redactor]:
        """Pino's ``redact``, as a list of paths or with options; tslog's keys, which hide at any depth."""
        program = self.setups.box.program
        for mark, roles, fn, _ in program.marked("logger_config"):
            option, prefix = _OPTIONS.get(roles.get("library", ""), ("", ""))
            for _, call, _ in program.calls(fn) if option else ():
                if (call.start, call.end) != (mark.start, mark.end):
                    continue
                held = [held for a in call.args for held in self.setups.entry(fn.at(a.value), option)]
                given = [one for one in held if not self._hides_nothing(one)]
                keys = tuple(dict.fromkeys(f"{prefix}{key}" for held in given for key in self._paths(held)))
                if given:
                    place = program.location(fn.module, call.line)
                    package, surface = program.package_path(fn.module), program.surface(fn.module)
                    library = REQUESTS if roles.get("part") == "requests" else roles["library"]
                    yield Redactor(place, surface, package, option, "option", wired=True, keys=keys, library=library)

    def _nested(self) -> Iterator[Redactor]:
        """Pino's options inside those of a framework: ``fastify({ logger: { redact } })``."""
        program = self.setups.box.program
        for fn in program.functions():
            for _, call, _ in program.calls(fn) if program.is_script(fn.module) else ():
                held = (_INSIDE.get(path, "") for path in self.setups.paths(fn.at(call.callee)))
                inside = next(filter(None, held), "")
                options = [o for a in call.args for o in self.setups.entry(fn.at(a.value), inside)] if inside else []
                options = nestlogs.options(self.setups, fn, call) if inside == "pinoHttp" else options
                redacted = (one for option in options for one in self.setups.entry(option, "redact"))
                given = [one for one in redacted if not self._hides_nothing(one)]
                if given:
                    place = program.location(fn.module, call.line)
                    package, surface = program.package_path(fn.module), program.surface(fn.module)
                    keys = tuple(dict.fromkeys(key for one in given for key in self._paths(one)))
                    yield Redactor(place, surface, package, "redact", "option", wired=True, keys=keys, library=REQUESTS)

    def _hides_nothing(self, given: At) -> bool:
        """Whether an option names no path, or puts a value itself in the place of it."""
        program, setups = self.setups.box.program, self.setups
        lists = [program.value(end) for held in setups.entry(given, "paths") or [given] for end in setups.ends(held)]
        if lists and all(isinstance(one, ir.Sequence) and not one.items for one in lists):
            return True
        censors = [s for held in setups.entry(given, "censor") for s in setups.box.symbols.resolve(held)]
        own = [one for one in censors if isinstance(one, Fn)]
        return bool(own) and all(givenback.gives_back(program, one) for one in own)

    def _paths(self, given: At) -> Iterator[str]:
        for held in self.setups.entry(given, "paths") or [given]:
            for item in self.setups.items(held):
                yield from self.setups.texts(item)

    # --- what is defined

    def _defined(self, module: int, line: int, name: str, what: str, fault: str = "") -> Redactor:
        program = self.setups.box.program
        package, surface = program.package_path(module), program.surface(module)
        wired = self._is_mentioned(module, name) or (self.configured and what == "layer")
        place = program.location(module, line)
        return Redactor(place, surface, package, name, what, wired=wired and not fault, fault=fault)

    def _is_registered(self, fn: Fn) -> bool:
        """Whether a decorator hands the function to a framework that runs it: a template's filter, a hook."""
        program, function = self.setups.box.program, self.setups.box.program.function(fn)
        for number in function.decorators:
            at = Fn(fn.module, function.parent).at(number)
            held = program.value(at)
            name = program.called(at.to(held.callee) if isinstance(held, ir.Call) else at)
            if name not in _KEEPING:
                return True
        return False

    def _is_layer(self, cls: Cls) -> bool:
        program, symbols = self.setups.box.program, self.setups.box.symbols
        declared = program.klass(cls)
        scope = Fn(cls.module, declared.scope)
        bases = {s.path for base in declared.bases for s in symbols.resolve(scope.at(base)) if isinstance(s, External)}
        return bool(bases & _LAYERS) and any(self._masks(Fn(cls.module, m.function)) for m in declared.methods)

    def _masks(self, fn: Fn) -> bool:
        box = self.setups.box
        return bool(box.program.function(fn).params) and box.origins.hints.masks.by(fn)

    # --- who mentions what

    def _is_mentioned(self, module: int, name: str) -> bool:
        if self._mentions is None:
            self._mentions = set(self._all_mentions())
        return name in self._mentions or self._is_used_in_place(module, name)

    def _all_mentions(self) -> Iterator[str]:
        """The names of what production code refers to in another scope than the one that defines it."""
        program = self.setups.box.program
        for fn in program.functions():
            if not program.surface(fn.module).counts:
                continue
            own = program.function(fn).name
            for value in program.function(fn).values:
                match value:
                    case ir.Name(name=name) | ir.Member(name=name) | ir.Import(symbol=name) if name and name != own:
                        yield name
                    case ir.Literal(kind="str", text=text) if _DOTTED.match(text):
                        yield text.rpartition(".")[2]
                    case _:
                        continue

    def _is_used_in_place(self, module: int, name: str) -> bool:
        """Whether the scope that defines a name refers to it: ``addFilter(Redact())`` below the class."""
        program = self.setups.box.program
        for number, function in enumerate(program.modules[module].functions):
            held = {n for n, v in enumerate(function.values) if isinstance(v, ir.Variable) and v.name == name}
            if held and held & self._referred(Fn(module, number)):
                return True
        return False

    def _referred(self, fn: Fn) -> set[int]:
        if fn not in self._used:
            function = self.setups.box.program.function(fn)
            found = {child for value in function.values for child in children(value)}
            for step in function.steps:
                if not isinstance(step, ir.Do):
                    found.add(step.value)
            for nested in self.setups.box.program.modules[fn.module].functions:
                if nested.parent == fn.number:
                    found.update(nested.decorators)
            self._used[fn] = found
        return self._used[fn]

"""The set-ups of JavaScript's loggers, read from the options that the production branch gives them."""

from collections.abc import Iterator
from dataclasses import dataclass

from skillaudit import ir
from skillaudit.facts import Encoder
from skillaudit.linking.loggers.setups import Setups
from skillaudit.linking.names.program import At, Fn

_FORMATS = {
    "json": Encoder.JSON, "logstash": Encoder.JSON, "simple": Encoder.TEXT, "cli": Encoder.TEXT,
    "prettyPrint": Encoder.TEXT,
}  # fmt: skip


@dataclass(slots=True)
class ScriptLogs:
    """Answers for a call that a rule has recognised as a set-up of ``library``."""

    setups: Setups

    def of(self, library: str, fn: Fn, call: ir.Call) -> Encoder | None:
        """The encoder; None where the library's set-up is not read here."""
        return self.of_options(library, [fn.at(a.value) for a in call.args if not a.spread])

    def of_options(self, library: str, given: list[At]) -> Encoder | None:
        """The encoder of a logger that is made with these arguments; None where they are not read here."""
        match library:
            case "pino":
                return self._pino(given)
            case "winston":
                return self._winston(given)
            case _:
                return None

    # --- pino

    def _pino(self, given: list[At]) -> Encoder:
        options = [at for at in given[:1] if self._is_options(at)]
        streams = given[len(options) :]
        transports = [found for at in options for found in self.setups.entry(at, "transport")]
        old = [found for at in options for key in ("prettyPrint", "prettifier") for found in self.setups.entry(at, key)]
        if any(self.setups.conditions.truth(at) for at in old):
            return Encoder.TEXT
        kinds = [pretty for at in (*transports, *streams) for pretty in self._targets(at)]
        return Encoder.TEXT if kinds and all(kinds) else Encoder.JSON

    def _is_options(self, at: At) -> bool:
        """Whether the first argument are options: a stream may stand there alone."""
        ends = [self.setups.box.program.value(end) for end in self.setups.ends(at)]
        return not any(isinstance(end, ir.Call) for end in ends)

    def _targets(self, at: At) -> Iterator[bool]:
        """For each target or stream whether it prints for people."""
        for end in self.setups.ends(at):
            value = self.setups.box.program.value(end)
            if isinstance(value, ir.Record):
                inner = [
                    *self.setups.entry(end, "targets"),
                    *self.setups.entry(end, "streams"),
                    *self.setups.entry(end, "pipeline"),
                ]
                for held in inner:
                    for item in self.setups.items(held):
                        yield from self._targets(item)
                for target in self.setups.entry(end, "target"):
                    yield self._is_pretty(target)
            elif isinstance(value, ir.Call):
                paths = self.setups.paths(end)
                if any(path.endswith("transport()") for path in paths) and value.args:
                    yield from self._targets(end.to(value.args[0].value))
                else:
                    yield any("pretty" in path for path in paths)

    def _is_pretty(self, target: At) -> bool:
        """``"pino-pretty"``, also through ``require.resolve("pino-pretty")``."""
        held = self.setups.texts(target)
        for end in self.setups.ends(target):
            value = self.setups.box.program.value(end)
            for argument in value.args if isinstance(value, ir.Call) else ():
                held += self.setups.texts(end.to(argument.value))
        return any("pretty" in text for text in held)

    # --- winston

    def _winston(self, given: list[At]) -> Encoder:
        base = [kind for at in given for held in self.setups.entry(at, "format") for kind in self._formats(held)]
        encoder = base[-1] if base else Encoder.JSON
        outputs = [
            self._transport(item, encoder)
            for at in given
            for held in self.setups.entry(at, "transports")
            for item in self.setups.items(held)
        ]
        return (Encoder.JSON if Encoder.JSON in outputs else Encoder.TEXT) if outputs else encoder

    def _transport(self, at: At, encoder: Encoder) -> Encoder:
        """A transport's own format, else the logger's."""
        value = self.setups.box.program.value(at)
        own: list[Encoder] = []
        for argument in value.args if isinstance(value, ir.Call) else ():
            for held in self.setups.entry(at.to(argument.value), "format"):
                own += self._formats(held)
        return own[-1] if own else encoder

    def _formats(self, at: At) -> Iterator[Encoder]:
        """What the steps of a format end in; those that only add or colour say nothing."""
        for end in self.setups.ends(at):
            value = self.setups.box.program.value(end)
            if not isinstance(value, ir.Call):
                continue
            callee = self.setups.box.program.value(end.to(value.callee))
            names = {path.removesuffix("()").rpartition(".")[2] for path in self.setups.paths(end)}
            names |= {callee.name} if isinstance(callee, ir.Member) else set()
            if "combine" in names:
                for argument in value.args:
                    yield from self._formats(end.to(argument.value))
            elif "printf" in names:
                yield Encoder.JSON if self._prints_json(end, value) else Encoder.TEXT
            else:
                yield from (_FORMATS[name] for name in names if name in _FORMATS)

    def _prints_json(self, end: At, call: ir.Call) -> bool:
        """Whether the function given to ``printf`` returns one JSON text and nothing around it."""
        held = [s for a in call.args for s in self.setups.box.symbols.resolve(end.to(a.value)) if isinstance(s, Fn)]
        steps = [(fn, step) for fn in held for step in self.setups.box.program.function(fn).steps]
        given = [fn.at(step.value) for fn, step in steps if isinstance(step, ir.Return) and step.value >= 0]
        ends = [self.setups.box.program.value(e) for at in given for e in self.setups.ends(at)]
        paths = [p for at in given for e in self.setups.ends(at) for p in self.setups.paths(e)]
        return bool(ends) and all(isinstance(e, ir.Call) for e in ends) and set(paths) == {"JSON.stringify()"}

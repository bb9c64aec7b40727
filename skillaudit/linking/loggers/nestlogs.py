"""How NestJS writes its records: the logger that an application is given, and the module that makes it.

Source: docs.nestjs.com/techniques/logger; the READMEs of nestjs-pino and nest-winston.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from skillaudit import ir
from skillaudit.facts import Encoder
from skillaudit.linking.loggers.scriptlogs import ScriptLogs
from skillaudit.linking.loggers.setups import Setups
from skillaudit.linking.names.program import At, Fn

_STARTS = {"create", "createApplicationContext", "createMicroservice"}
_PINO = {"nestjs-pino.LoggerModule.forRoot", "nestjs-pino.LoggerModule.forRootAsync"}
_WINSTON = {"nest-winston.WinstonModule.forRoot", "nest-winston.WinstonModule.forRootAsync"}


@dataclass(slots=True)
class NestLogs:
    """Reads calls that give an application its logger."""

    setups: Setups
    scripts: ScriptLogs

    def of(self, fn: Fn, call: ir.Call) -> Iterator[tuple[str, Encoder]]:
        """Library and encoder of the logger that a call gives to an application, if it does."""
        callee = self.setups.box.program.value(fn.at(call.callee))
        if not isinstance(callee, ir.Member) or not call.args:
            return
        given = [fn.at(argument.value) for argument in call.args]
        if callee.name == "useLogger":
            loggers = given[:1]
        elif callee.name in _STARTS and "@nestjs/core.NestFactory" in self.setups.paths(fn.at(callee.base)):
            loggers = [held for at in given[1:] for held in self.setups.entry(at, "logger")]
        else:
            return
        for logger in loggers:
            for end in self.setups.ends(logger):
                encoder = self._encoder(end)
                if encoder is not None:
                    yield "nest", encoder

    def _encoder(self, at: At) -> Encoder | None:
        value = self.setups.box.program.value(at)
        if not isinstance(value, ir.Call):
            return None
        made = self.setups.paths(at.to(value.callee))
        given = [at.to(argument.value) for argument in value.args]
        if "@nestjs/common.ConsoleLogger" in made:
            asked = [held for one in given for held in self.setups.entry(one, "json")]
            return Encoder.JSON if any(self.setups.conditions.truth(held) for held in asked) else Encoder.TEXT
        if "nest-winston.WinstonModule.createLogger" in made:
            return self.scripts.of_options("winston", given)
        provided = [path for one in given[:1] for path in (*self.setups.paths(one), *self._written(one))]
        if any(path.startswith("nestjs-pino.") for path in provided):
            return self._of_module(_PINO, "pino")
        if any(path.startswith("nest-winston.") for path in provided):
            return self._of_module(_WINSTON, "winston")
        return None

    def _written(self, at: At) -> list[str]:
        """The module and name of what is imported, as written."""
        value = self.setups.box.program.value(self.setups.box.program.bare(at))
        return [f"{value.module}.{value.symbol}"] if isinstance(value, ir.Import) else []

    def _of_module(self, modules: set[str], library: str) -> Encoder:
        """The encoder of the logger that a module of the application makes."""
        program = self.setups.box.program
        for fn in program.functions():
            for _, call, _ in program.calls(fn) if program.is_script(fn.module) else ():
                if modules.intersection(self.setups.paths(fn.at(call.callee))):
                    found = self.scripts.of_options(library, options(self.setups, fn, call))
                    return found or Encoder.JSON
        return Encoder.JSON


def options(setups: Setups, fn: Fn, call: ir.Call) -> list[At]:
    """The options of the logger that a module is made with, also where a factory gives them."""
    given = [fn.at(argument.value) for argument in call.args if not argument.spread]
    factories = [held for at in given for held in setups.entry(at, "useFactory")]
    for factory in (s for at in factories for s in setups.box.symbols.resolve(at) if isinstance(s, Fn)):
        steps = setups.box.program.function(factory).steps
        given += [factory.at(s.value) for s in steps if isinstance(s, ir.Return) and s.value >= 0]
    inside = [item for at in given for held in setups.entry(at, "pinoHttp") for item in setups.items(held)]
    return inside or given

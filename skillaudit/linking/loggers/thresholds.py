"""Which records are shown at all, as far as the code fixes it.

Without a set-up Python's standard library shows warnings and what is worse, on standard error (``logging.lastResort``).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from skillaudit import ir
from skillaudit.facts import Level, LogCall
from skillaudit.linking.knowledge.logtables import LEVELS
from skillaudit.linking.loggers.floors import Floors
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.origins.origins import Origins

_ORDER = (Level.DEBUG, Level.INFO, Level.WARNING, Level.ERROR)
_HANDLES = re.compile(
    r"^addHandler$|"
    r"^(?:(?:Colorizing)?Stream|\w*File|SysLog|Rich|Queue|Socket|HTTP|Journal\w*|\w*Log(?:ging)?|Loki|Logtail|Gelf\w*)Handler$",
    re.IGNORECASE,
)
"""Calls that give loggers handlers, and no level; a handler is made in order to be attached, also by a list of them."""
_SETS_UP = re.compile(r"^(?:dictConfig|fileConfig|setLevel)$|(?:set_?up|config|init)\w*log", re.IGNORECASE)
"""Calls that may set any level."""
_CONFIGURES = re.compile(
    r"^(?:fastmcp|mcp\.server\.(?:fastmcp|mcpserver)|loguru|structlog|absl|celery|flask|django|"
    r"colorlog|coloredlogs|rich\.logging|logfire|opentelemetry|azure\.functions|aws_lambda_powertools|streamlit|"
    r"google\.cloud\.logging|picologging|prefect|airflow)\b"
)
"""Libraries that set logging up. Web servers such as uvicorn and gunicorn set up their own loggers alone."""
_SERVED = re.compile(r"^(?:mcp\.server\.(?:sse|streamable_http\w*)|starlette|fastapi)\b")
"""Libraries of applications that a web server may serve which is started from outside, with logging set up or not."""

_SERVERS = re.compile(r"^(?:uvicorn|hypercorn)\b")
"""Those that the program starts itself: then nobody else sets logging up."""

_ALONE = "setLevel"

GATE = "the level of the logger"
"""What stands in front of a record that is not shown."""


@dataclass(slots=True)
class Thresholds:
    """The lowest level that is shown, by package; ``configured``: a file of the repository sets logging up."""

    program: Program
    origins: Origins
    configured: bool
    _levels: dict[str, list[Level]] = field(default_factory=dict)
    _open: set[str] = field(default_factory=set)
    _shown: bool = field(init=False)
    _floors: Floors = field(init=False)

    def __post_init__(self) -> None:
        """Read every set-up once."""
        self._floors = Floors(self.program, self.origins)
        self._shown, served, starts = self.configured, False, False
        for fn in self.program.functions():
            if self.program.surface(fn.module).counts and self.program.modules[fn.module].language == "python":
                package = self.program.package_path(fn.module)
                names = list(self._imports(fn))
                self._shown |= any(map(_CONFIGURES.match, names))
                served |= any(map(_SERVED.match, names))
                starts |= any(map(_SERVERS.match, names))
                for _, call, _ in self.program.calls(fn):
                    self._read(fn, call, package)
        self._shown |= served and not starts

    def _imports(self, fn: Fn) -> Iterator[str]:
        yield from (f"{one.module}.{one.symbol}" for _, one in self.program.of_kind(fn, ir.Import))

    def _read(self, fn: Fn, call: ir.Call, package: str) -> None:
        name = self.origins.name_of(fn.at(call.callee))
        self._shown |= any(argument.name == "log_config" for argument in call.args)  # uvicorn's, which is the project's
        if name == "basicConfig":
            self._shown = True
            told = next((fn.at(argument.value) for argument in call.args if argument.name == "level"), None)
            spread = any(argument.spread for argument in call.args)
            self._levels.setdefault(package, []).append(Level.DEBUG if spread else self._level(told))
        elif _HANDLES.search(name):
            self._shown = True
        elif _SETS_UP.search(name):
            self._open.add(package)
            self._shown |= name != _ALONE

    def _level(self, told: At | None) -> Level:
        """A constant level; what is chosen at run time may show everything."""
        if told is None:
            return Level.WARNING
        value = self.program.value(told)
        name = value.text if isinstance(value, ir.Literal) else value.name if isinstance(value, ir.Member) else ""
        return LEVELS.get(name.lower(), Level.DEBUG)

    def marked(self, logs: Iterable[tuple[Fn, int, LogCall]]) -> Iterator[tuple[Fn, int, LogCall]]:
        """The log calls, those that are not shown behind the level as behind any other switch."""
        for fn, block, call in logs:
            yield fn, block, call if call.gate or self._shows(call) else replace(call, gate=GATE)

    def _shows(self, call: LogCall) -> bool:
        """Whether a record is shown, unless something outside the code changes the level."""
        if call.library != "logging":
            return not self._floors.hides(call)
        levels = [] if call.package in self._open else self._levels.get(call.package, [])
        floor = min(map(_ORDER.index, levels), default=0) if self._shown else _ORDER.index(Level.WARNING)
        return _ORDER.index(call.level) >= floor

"""Which calls of foreign libraries write a record, at which level, and which argument is what.

Keys are the dotted paths of ``symbols.External``. Sources: the libraries' own documentation.
"""

import re
from functools import lru_cache

import msgspec

from skillaudit.facts import Level, Sink
from skillaudit.linking.knowledge.logtables import BINDING, LEVELS, METHODS, RECORDING, ROOTS, STREAMS

ENCODED = "encoding/json"
"""The library of records that are encoded and written by hand: each is JSON."""


class LogApi(msgspec.Struct, frozen=True):
    """A logging call. ``skip``: leading arguments that are neither message nor field (a context, a level).

    ``style``: ``format`` (message and its arguments become one text), ``fields`` (message, then names and values or
    field objects, or keywords), ``object`` (a record first, then the message), ``join`` (all arguments become text).
    """

    library: str
    level: Level
    sink: Sink
    style: str
    skip: int = 0


_SUFFIXES = re.compile(r"(?:Context|Ctx|Depth|f|ln|w|S|fn)$")
_CHAIN = re.compile(
    r"\.(?:child|bind|new|opt|patch|contextualize|With\w*|with\w*|Named|named|Sugar|Desugar|V|getChild|extend|unbind|"
    r"getSubLogger|try_unbind|Check|Ctx|Str|Strs|Stringer|Int\w*|Uint\w*|Float\w*|Bool\w*|Dur|Time|Err|AnErr|Any|Interface|"
    r"Bytes|Hex|Dict|Array|Timestamp|Caller|Stack|Object|Fields|Func|Level|Logger|Output|Hook|Sample|clone|scope|tag|"
    r"Session|IPAddr|RawJSON)\(\)$"
)
_ZAP = re.compile(
    r"^go\.uber\.org/zap(?:\.\w*Config(?:\(\))?\.Build\(\)|"
    r"\.(?:L|S|Logger|SugaredLogger|NewProduction|NewDevelopment|NewExample|New|Must|NewNop)\(\))$"
)
_FACTORY = re.compile(r"(?:^|\.)(?:(?:get|create|make|new|build|setup|configure)_?logger|logger)\(\)$", re.IGNORECASE)
_CONTEXT = re.compile(r"^(?:mcp\.server\.|fastmcp)[\w.]*(?:Context|get_context)\(\)$")
_ZEROLOG_WRITES = {"Msg", "Msgf", "MsgFunc", "Send", "Print", "Printf", "Println"}
"""``Info()`` only begins a record."""

_DEBUG = re.compile(r"^debug(?:\.debug)?\(\)(?:\.extend\(\))*$")
_CONSOLE_STDERR = {"error", "warn", "trace"}
_FIXED = {
    **{path: LogApi("print", Level.INFO, sink, "join") for path, sink in STREAMS.items()},
    **{f"console.{name}": LogApi("console", Level.INFO, Sink.STDOUT, "join") for name in ("group", "groupCollapsed")},
    **{path: LogApi(library, Level.INFO, Sink.LOGGER, style) for path, (library, style) in RECORDING.items()},
    "console.timeLog": LogApi("console", Level.INFO, Sink.STDOUT, "join"),
    "console.assert": LogApi("console", Level.ERROR, Sink.STDERR, "join", skip=1),
}
_CLIENT_METHODS = {"debug", "info", "warning", "error", "log", "report_progress"}
_NOTIFICATIONS = {"send_log_message", "sendLoggingMessage", "sendLogMessage", "send_logging_message"}
_TO_WRITERS = {"io.WriteString", "os.write", "fs.writeSync", "fs.default.writeSync"}
"""Functions that write to what they are given first."""

_GIVING = {
    "child", "bind", "new", "extend", "With", "WithField", "WithFields", "WithValues", "WithError", "Logger",
    "getSubLogger", "with", "withFields", "withContext", "createChild",
}  # fmt: skip
"""Methods of a logger that give out one which writes more; ``Logger`` ends zerolog's ``With().Str("k", v)``."""

_MADE_WITH = {
    "logging.LoggerAdapter": ("logging", 1), "structlog.get_logger": ("structlog", 1),
    "structlog.stdlib.get_logger": ("structlog", 1), "structlog.getLogger": ("structlog", 1),
    "bunyan.createLogger": ("bunyan", 0), "bunyan.default.createLogger": ("bunyan", 0),
}  # fmt: skip
"""What makes a logger with fields of its own: its library, and the leading arguments that are none."""

_CHAINED = re.compile(r"zerolog|github\.com/phuslu/log")
_ZEROLOG_WRITES = {"Msg", "Msgf", "MsgFunc", "Send", "Print", "Printf", "Println"}
"""What ends a chain and writes the event that it put together."""
_WITHOUT_LEVEL = {"console", "consola", "loglevel", "print", "electron-log", "signale", "nest", "go-kit"}
"""Libraries whose ``log`` takes no level before the message."""


def level_of(method: str) -> Level | None:
    """The level that a method of a logger writes at; None where it writes nothing."""
    lowered = method.lower()
    if lowered in LEVELS:
        return LEVELS[lowered]
    return LEVELS.get(_SUFFIXES.sub("", method).lower())


def begins_event(path: str) -> bool:
    """Whether a call only begins an event that the end of its chain writes: ``log.Info().Str("k", v).Msg("…")``."""
    return bool(_CHAINED.search(path)) and path.rpartition(".")[2] not in _ZEROLOG_WRITES


@lru_cache(maxsize=16384)
def log_api(path: str) -> LogApi | None:
    """The logging call that a call of ``path`` is, if it is one."""
    if path in _FIXED:
        return _FIXED[path]
    receiver, dot, method = path.rpartition(".")
    if path.startswith("fmt.Fprint") or path in _TO_WRITERS:
        return LogApi("print", Level.INFO, Sink.STDERR, "join", skip=1)
    if method in _NOTIFICATIONS:
        return LogApi("mcp", Level.INFO, Sink.CLIENT, "fields")
    if _DEBUG.match(path):
        return LogApi("debug", Level.DEBUG, Sink.STDERR, "join")
    level = (level_of(method) or _own_level(receiver, method)) if dot else None
    if (
        level is None
        and method not in {"Send", "Msgf", "MsgFunc", "report_progress", "Log", "logAttrs", "LogAttrs"}
        and not (path.endswith(".Check().Write") and "zap" in path)
    ):
        return None
    return _method(receiver, method, level or Level.INFO)


def context_api(path: str) -> LogApi | None:
    """The call that a call of ``path`` is, where it adds fields to every later record of a logger."""
    library, style = BINDING.get(path, ("", ""))
    return LogApi(library, Level.INFO, Sink.CONTEXT, style) if library else None


@lru_cache(maxsize=16384)
def bound_api(path: str) -> LogApi | None:
    """The call that a call of ``path`` is, where it gives out a logger with fields for all that is written by it."""
    if path in _MADE_WITH:
        library, skip = _MADE_WITH[path]
        return LogApi(library, Level.INFO, Sink.CONTEXT, "bound", skip)
    receiver, _, method = path.rpartition(".")
    known = _library(_root(receiver)[0]) if method in _GIVING else None
    return LogApi(known[0], Level.INFO, Sink.CONTEXT, "bound") if known else None


def chained(path: str) -> bool:
    """Whether a call of ``path`` gives out a logger that keeps what the one before it had."""
    return bool(_CHAIN.search(f"{path}()"))


def _library(root: str) -> tuple[str, str] | None:
    """The library of a logger, and how it takes a record's arguments."""
    known = ROOTS.get(root)
    if known is None and _ZAP.match(root):
        return "zap", "fields"
    if known is None and _FACTORY.search(root):
        return root.partition(".")[0].removesuffix("()"), "fields"
    return known


def _own_level(receiver: str, method: str) -> Level | None:
    """The level of a method that only this library's loggers have."""
    library = ROOTS.get(_root(receiver)[0], ("", ""))[0]
    if method not in METHODS.get(library, ()):
        return None
    return level_of(method.removeprefix("a").removesuffix("j")) or Level.INFO


def _method(receiver: str, method: str, level: Level) -> LogApi | None:
    if _CONTEXT.match(receiver) and method in _CLIENT_METHODS:
        return LogApi("mcp", level, Sink.CLIENT, "fields")
    root, held = _root(receiver)
    known = _library(root)
    if known is None:
        return None
    library, style = known
    if library == "zerolog" and method not in _ZEROLOG_WRITES:
        return None
    return LogApi(
        library,
        held or level,
        _sink(library, method),
        _style(library, method, style),
        _skip(library, method),
    )


def _root(receiver: str) -> tuple[str, Level | None]:
    """The logger under its chain of ``child``, ``bind``, ``WithField``…, and the level that zerolog's chain carries."""
    held: Level | None = None
    while receiver not in ROOTS and not _ZAP.match(receiver):
        chained = _CHAIN.search(receiver)
        if chained:
            receiver = receiver[: chained.start()]
            continue
        base, _, last = receiver.rpartition(".")
        level = level_of(last.removesuffix("()")) if last.endswith("()") else None
        if level is None or not base or not _CHAINED.search(base):
            break
        receiver, held = base, level
    return receiver, held


def _sink(library: str, method: str) -> Sink:
    if library == "console":
        return Sink.STDERR if method in _CONSOLE_STDERR else Sink.STDOUT
    return Sink.LOGGER


def _style(library: str, method: str, style: str) -> str:
    if library == "klog" and method.endswith("S"):
        return "fields"
    if library == "zap" and (method.endswith("f") or method in {"Info", "Debug", "Warn", "Error"}):
        return "format" if method.endswith("f") else "fields"
    if library in {"slog", "charm"} and method.endswith("f"):
        return "format"
    return style


def _skip(library: str, method: str) -> int:
    if method == "alog" or method.endswith(("Context", "Ctx")):
        return 1
    if method.lower() in {"log", "logattrs", "vlog"} and library not in _WITHOUT_LEVEL:
        return 2 if library == "slog" else 1
    if library == "tflog" or (library in {"klog", "logr"} and method in {"ErrorS", "Error"}):
        return 1
    return 0

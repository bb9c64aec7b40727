"""Which calls of foreign libraries write a record, at which level, and which argument is what.

Keys are the dotted paths of ``symbols.External``. Sources: the libraries' own documentation.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from skillaudit.facts import Level, Sink


@dataclass(frozen=True, slots=True)
class LogApi:
    """A logging call. ``skip``: leading arguments that are neither message nor field (a context, a level).

    ``style``: ``format`` (message and its arguments become one text), ``fields`` (message, then names and values or
    field objects, or keywords), ``object`` (a record first, then the message), ``join`` (all arguments become text).
    """

    library: str
    level: Level
    sink: Sink
    style: str
    skip: int = 0
    ends: bool = False


_LEVELS = {
    "trace": Level.DEBUG, "debug": Level.DEBUG, "verbose": Level.DEBUG, "silly": Level.DEBUG, "finest": Level.DEBUG,
    "log": Level.INFO, "info": Level.INFO, "notice": Level.INFO, "success": Level.INFO, "print": Level.INFO,
    "http": Level.INFO, "msg": Level.INFO, "output": Level.INFO, "start": Level.INFO, "ready": Level.INFO,
    "warn": Level.WARNING, "warning": Level.WARNING, "error": Level.ERROR, "exception": Level.ERROR, "err": Level.ERROR,
    "fatal": Level.ERROR, "critical": Level.ERROR, "crit": Level.ERROR, "alert": Level.ERROR, "emerg": Level.ERROR,
    "panic": Level.ERROR, "dpanic": Level.ERROR, "dir": Level.INFO, "table": Level.INFO,
}  # fmt: skip
_SUFFIXES = re.compile(r"(?:Context|Ctx|Depth|f|ln|w|S|fn)$")
_CHAIN = re.compile(
    r"\.(?:child|bind|new|opt|patch|contextualize|With\w*|with\w*|Named|named|Sugar|Desugar|V|getChild|extend|getSubLogger|"
    r"unbind|try_unbind|Ctx|Str|Strs|Stringer|Int\w*|Uint\w*|Float\w*|Bool\w*|Dur|Time|Err|AnErr|Any|Interface|Bytes|Hex|Dict|Array|"
    r"Timestamp|Caller|Stack|Object|Fields|Func|Level|Logger|Output|Hook|Sample|clone|scope|tag|Session|IPAddr|RawJSON)\(\)$"
)
_ROOTS = {
    "logging": ("logging", "format"), "logging.getLogger()": ("logging", "format"), "logging.Logger()": ("logging", "format"),
    "logging.LoggerAdapter()": ("logging", "format"), "logging.root": ("logging", "format"),
    "fastmcp.utilities.logging.get_logger()": ("logging", "format"),
    "mcp.server.fastmcp.utilities.logging.get_logger()": ("logging", "format"),
    "loguru.logger": ("loguru", "format"), "absl.logging": ("absl", "format"),
    "structlog.get_logger()": ("structlog", "fields"), "structlog.getLogger()": ("structlog", "fields"),
    "structlog.stdlib.get_logger()": ("structlog", "fields"), "structlog.BoundLogger()": ("structlog", "fields"),
    "structlog.stdlib.BoundLogger()": ("structlog", "fields"), "structlog.wrap_logger()": ("structlog", "fields"),
    "structlog.typing.FilteringBoundLogger()": ("structlog", "fields"),
    "aws_lambda_powertools.Logger()": ("powertools", "fields"),
    "console": ("console", "join"), "globalThis.console": ("console", "join"),
    "pino()": ("pino", "object"), "pino.pino()": ("pino", "object"), "pino.Logger()": ("pino", "object"),
    "winston.createLogger()": ("winston", "fields"), "winston": ("winston", "fields"), "winston.Logger()": ("winston", "fields"),
    "bunyan.createLogger()": ("bunyan", "object"), "bunyan()": ("bunyan", "object"),
    "log4js.getLogger()": ("log4js", "join"), "tslog.Logger()": ("tslog", "fields"), "loglevel": ("loglevel", "join"),
    "consola": ("consola", "join"), "consola.consola": ("consola", "join"), "consola.createConsola()": ("consola", "join"),
    "@logtape/logtape.getLogger()": ("logtape", "fields"), "signale": ("signale", "join"), "electron-log": ("electron-log", "join"),
    "fastify().log": ("pino", "object"), "fastify.fastify().log": ("pino", "object"),
    "log": ("go log", "format"), "log.New()": ("go log", "format"), "log.Default()": ("go log", "format"), "log.Logger()": ("go log", "format"),
    "log/slog": ("slog", "fields"), "log/slog.New()": ("slog", "fields"), "log/slog.Default()": ("slog", "fields"),
    "log/slog.Logger()": ("slog", "fields"), "golang.org/x/exp/slog": ("slog", "fields"),
    "golang.org/x/exp/slog.Logger()": ("slog", "fields"), "golang.org/x/exp/slog.New()": ("slog", "fields"),
    "github.com/sirupsen/logrus": ("logrus", "format"), "github.com/sirupsen/logrus.New()": ("logrus", "format"),
    "github.com/sirupsen/logrus.Logger()": ("logrus", "format"), "github.com/sirupsen/logrus.Entry()": ("logrus", "format"),
    "github.com/sirupsen/logrus.FieldLogger()": ("logrus", "format"), "github.com/sirupsen/logrus.StandardLogger()": ("logrus", "format"),
    "github.com/sirupsen/logrus.NewEntry()": ("logrus", "format"),
    "github.com/rs/zerolog/log": ("zerolog", "format"), "github.com/rs/zerolog.New()": ("zerolog", "format"),
    "github.com/rs/zerolog.Logger()": ("zerolog", "format"), "github.com/rs/zerolog.Ctx()": ("zerolog", "format"),
    "github.com/rs/zerolog/log.Ctx()": ("zerolog", "format"), "github.com/rs/zerolog/log.Logger": ("zerolog", "format"),
    "k8s.io/klog/v2": ("klog", "format"), "k8s.io/klog": ("klog", "format"), "k8s.io/klog/v2.FromContext()": ("klog", "fields"),
    "k8s.io/klog/v2.Background()": ("klog", "fields"), "k8s.io/klog/v2.LoggerWithName()": ("klog", "fields"),
    "github.com/go-logr/logr.Logger()": ("logr", "fields"), "github.com/go-logr/logr.FromContextOrDiscard()": ("logr", "fields"),
    "github.com/charmbracelet/log": ("charm", "fields"), "github.com/charmbracelet/log.Logger()": ("charm", "fields"),
    "github.com/charmbracelet/log.New()": ("charm", "fields"),
    "github.com/hashicorp/go-hclog.Logger()": ("hclog", "fields"), "github.com/hashicorp/go-hclog.New()": ("hclog", "fields"),
    "github.com/hashicorp/go-hclog.Default()": ("hclog", "fields"),
}  # fmt: skip
_ZAP = re.compile(r"^go\.uber\.org/zap(?:\.(?:L|S|Logger|SugaredLogger|NewProduction|NewDevelopment|NewExample|New|Must|NewNop)\(\)|"
                  r"\.\w*Config(?:\(\))?\.Build\(\))$")  # fmt: skip
_FACTORY = re.compile(r"(?:^|\.)(?:(?:get|create|make|new|build|setup|configure)_?logger|logger)\(\)$", re.IGNORECASE)
_CONTEXT = re.compile(r"^(?:mcp\.server\.|fastmcp)[\w.]*(?:Context|get_context)\(\)$")
_STREAMS = {
    "print": Sink.STDOUT, "sys.stdout.write": Sink.STDOUT, "sys.stderr.write": Sink.STDERR, "click.echo": Sink.STDOUT,
    "typer.echo": Sink.STDOUT, "rich.print": Sink.STDOUT, "rich.console.Console().print": Sink.STDOUT,
    "click.secho": Sink.STDOUT, "typer.secho": Sink.STDOUT, "rich.console.Console().log": Sink.STDOUT,
    "pprint.pprint": Sink.STDOUT, "warnings.warn": Sink.STDERR, "traceback.print_exc": Sink.STDERR,
    "process.stdout.write": Sink.STDOUT, "process.stderr.write": Sink.STDERR, "process.emitWarning": Sink.STDERR,
    "fmt.Print": Sink.STDOUT, "fmt.Println": Sink.STDOUT, "fmt.Printf": Sink.STDOUT, "os.Stdout.WriteString": Sink.STDOUT,
    "os.Stderr.WriteString": Sink.STDERR, "os.Stdout.Write": Sink.STDOUT, "os.Stderr.Write": Sink.STDERR,
    "println": Sink.STDERR,
    "pino-multi-stream.multistream().write": Sink.LOGGER, "pino.multistream().write": Sink.LOGGER,
    "pino.destination().write": Sink.LOGGER, "pino-multi-stream.multistream()().write": Sink.LOGGER,
    "sys.stdout.buffer.write": Sink.STDOUT, "sys.stderr.buffer.write": Sink.STDERR,
}  # fmt: skip
_CONSOLE_STDERR = {"error", "warn", "trace"}
_CLIENT_METHODS = {"debug", "info", "warning", "error", "log", "report_progress"}
_NOTIFICATIONS = {"send_log_message", "sendLoggingMessage", "sendLogMessage", "send_logging_message"}
_ENDING = {"fatal", "panic"}


def level_of(method: str) -> Level | None:
    """The level that a method of a logger writes at; None where it writes nothing."""
    lowered = method.lower()
    if lowered in _LEVELS:
        return _LEVELS[lowered]
    return _LEVELS.get(_SUFFIXES.sub("", method).lower())


@lru_cache(maxsize=16384)
def log_api(path: str) -> LogApi | None:
    """The logging call that a call of ``path`` is, if it is one."""
    if path in _STREAMS:
        return LogApi("print", Level.INFO, _STREAMS[path], "join")
    receiver, dot, method = path.rpartition(".")
    if path.startswith("fmt.Fprint"):
        return LogApi("print", Level.INFO, Sink.STDERR, "join", skip=1)
    if method in _NOTIFICATIONS:
        return LogApi("mcp", Level.INFO, Sink.CLIENT, "fields")
    if path in {"debug()", "debug.debug()"}:
        return LogApi("debug", Level.DEBUG, Sink.STDERR, "join")
    level = level_of(method) if dot else None
    if level is None and method not in {"Send", "Msgf", "report_progress", "Log", "logAttrs", "LogAttrs"}:
        return None
    return _method(receiver, method, level or Level.INFO)


def _method(receiver: str, method: str, level: Level) -> LogApi | None:
    if _CONTEXT.match(receiver) and method in _CLIENT_METHODS:
        return LogApi("mcp", level, Sink.CLIENT, "fields")
    root, held = _root(receiver)
    known = _ROOTS.get(root)
    if known is None and _ZAP.match(root):
        known = ("zap", "fields")
    if known is None and _FACTORY.search(root):
        known = (root.partition(".")[0].removesuffix("()"), "fields")
    if known is None:
        return None
    library, style = known
    return LogApi(library, held or level, _sink(library, method), _style(library, method, style), _skip(library, method),
                  ends=method.lower().removesuffix("f").removesuffix("ln") in _ENDING and library not in {"pino", "winston"})  # fmt: skip


def _root(receiver: str) -> tuple[str, Level | None]:
    """The logger under its chain of ``child``, ``bind``, ``WithField``…, and the level that zerolog's chain carries."""
    held: Level | None = None
    while receiver not in _ROOTS:
        chained = _CHAIN.search(receiver)
        if chained:
            receiver = receiver[: chained.start()]
            continue
        base, _, last = receiver.rpartition(".")
        level = level_of(last.removesuffix("()")) if last.endswith("()") else None
        if level is None or not base or "zerolog" not in base:
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
    if method.endswith(("Context", "Ctx")):
        return 1
    if method.lower() in {"log", "logattrs"} and library not in {
        "console",
        "consola",
        "loglevel",
        "print",
        "electron-log",
        "signale",
    }:
        return 2 if library == "slog" else 1
    if library in {"klog", "logr"} and method in {"ErrorS", "Error"}:
        return 1
    return 0

"""Records of requests that the library which serves them keeps by itself, or that a logging middleware of it keeps.

Python SDKs start uvicorn, whose access log is on at INFO; servers of Node and Go write none of their own.
"""

import re
from collections.abc import Iterator

from skillaudit import ir
from skillaudit.events import AccessLog
from skillaudit.linking.names.program import Fn
from skillaudit.linking.names.symbols import External
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.linking.serving.transports import python_kinds
from skillaudit.model import Surface

_STARTS = {"run", "run_async", "run_sse_async", "run_streamable_http_async", "run_http_async"}
_STARTING = {Surface.PRODUCTION, Surface.CLI}
_UVICORN = re.compile(r"^uvicorn(?:\.main)?\.(?:run|Config)$")
_SETS_LEVEL = re.compile(r"^(?:mcp\.server\.|fastmcp\b).*(?:FastMCP|MCPServer)$")
_QUIET = {"warning", "warn", "error", "critical"}
_ACCESS = {"uvicorn", "uvicorn.access"}
_MIDDLEWARE = re.compile(
    r"^(?:morgan|pino-http|express-pino-logger|koa-pino-logger|koa-logger|koa-morgan|express-bunyan-logger)(?:\.default|\.pinoHttp)?$|"
    r"^hono/logger\.logger$|^express-winston\.logger$|^hono-pino\.\w+$|"
    r"^github\.com/gin-gonic/gin\.(?:Default|Logger\w*)$|^github\.com/labstack/echo(?:/v\d+)?/middleware\.(?:RequestLogger|Logger)\w*$|"
    r"^github\.com/go-chi/(?:chi(?:/v\d+)?/middleware\.(?:Request)?Logger|httplog\b.*\.(?:RequestLogger|Handler))$|"
    r"^github\.com/gorilla/handlers\.(?:Combined|Custom)?LoggingHandler$|^github\.com/gofiber/fiber(?:/v\d+)?/middleware/logger\.New$"
)  # fmt: skip


def access_logs(box: Toolbox) -> dict[str, AccessLog]:
    """The first of each package, in production code or what starts it; none where its server's log is switched off."""
    found: dict[str, AccessLog] = {}
    quiet: set[str] = set()
    for fn in box.program.functions():
        if box.program.surface(fn.module) not in _STARTING:
            continue
        package = box.program.package_path(fn.module)
        for _, call, _ in box.program.calls(fn):
            for what in _kept(box, fn, call):
                found.setdefault(package, AccessLog(box.program.location(fn.module, call.line), what))
            if _quiets(box, fn, call):
                quiet.add(package)
    return {package: log for package, log in found.items() if package not in quiet or log.what != _ACCESS_LOG}


_ACCESS_LOG = "uvicorn's access log"


def _kept(box: Toolbox, fn: Fn, call: ir.Call) -> Iterator[str]:
    paths = _paths(box, fn, call)
    if any(map(_UVICORN.match, paths)):
        yield _ACCESS_LOG
    elif box.program.modules[fn.module].language == "python":
        starts = box.origins.name_of(fn.at(call.callee)) in _STARTS
        if starts and {"http", "sse"} & set(python_kinds(box, fn, call)):
            yield _ACCESS_LOG
    elif middleware := next(filter(_MIDDLEWARE.match, paths), ""):
        yield f"the request log of `{middleware.rpartition('/')[2]}`"


def _quiets(box: Toolbox, fn: Fn, call: ir.Call) -> bool:
    """Whether a call switches uvicorn's access log off: an option, or the level of its logger."""
    paths, name = _paths(box, fn, call), box.origins.name_of(fn.at(call.callee))
    given = {argument.name: box.program.value(fn.at(argument.value)) for argument in call.args}
    if name in _STARTS or any(_UVICORN.match(path) or _SETS_LEVEL.match(path) for path in paths):
        access, level = given.get("access_log"), given.get("log_level")
        off = isinstance(access, ir.Literal) and access.text.lower() == "false"
        return off or (isinstance(level, ir.Literal) and level.text.lower() in _QUIET)
    callee = box.program.value(fn.at(call.callee))
    made = box.program.value(fn.at(callee.base)) if isinstance(callee, ir.Member) and name == "setLevel" else None
    first = box.program.value(fn.at(made.args[0].value)) if isinstance(made, ir.Call) and made.args else None
    return isinstance(first, ir.Literal) and first.text in _ACCESS


def _paths(box: Toolbox, fn: Fn, call: ir.Call) -> list[str]:
    return [symbol.path for symbol in box.symbols.resolve(fn.at(call.callee)) if isinstance(symbol, External)]

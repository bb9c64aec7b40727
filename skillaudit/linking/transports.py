"""How the server can be reached, and whether it authenticates its callers."""

import re
from collections.abc import Iterator

from skillaudit import ir
from skillaudit.facts import AuthCode, Transport
from skillaudit.linking.program import Fn
from skillaudit.linking.symbols import External
from skillaudit.linking.toolbox import Toolbox

_KINDS = {
    "stdio": "stdio", "http": "http", "streamable-http": "http", "streamable_http": "http", "streamableHttp": "http",
    "streamablehttp": "http", "httpStream": "http", "sse": "sse", "streaming": "http", "streamable": "http",
}  # fmt: skip
_PYTHON_CALLS = {
    "stdio_server": "stdio", "run_stdio_async": "stdio", "run_stdio": "stdio", "SseServerTransport": "sse", "sse_app": "sse",
    "run_sse_async": "sse", "FastApiSseTransport": "sse", "mount_sse": "sse", "StreamableHTTPSessionManager": "http",
    "streamable_http_app": "http", "run_streamable_http_async": "http", "run_http_async": "http", "http_app": "http",
    "StreamableHTTPServerTransport": "http", "mount_http": "http", "FastApiHttpSessionManager": "http",
    "create_sse_app": "sse", "create_streamable_http_app": "http",
}  # fmt: skip
_SERVER_MAKERS = re.compile(
    r"^(?:mcp\.server\.|fastmcp\b).*(?:FastMCP|Server|MCPServer)\(\)$|^mcp\.server\.fastmcp\.FastMCP\(\)$|^fastmcp\.FastMCP\(\)$"
)
_AUTH_CALLS = re.compile(
    r"(?:^|\.)(?:jwt\.decode|PyJWKClient|BearerAuthProvider|BearerAuthBackend|RequireAuthMiddleware|JWTVerifier|OAuthProxy|"
    r"TokenVerifier|compare_digest|OAuthAuthorizationServerProvider|HTTPBearer|APIKeyHeader|AuthSettings|OAuthProvider|"
    r"verify_access_token|GoogleProvider|GitHubProvider|AuthenticationMiddleware|introspect_token|StaticTokenVerifier)(?:\(\))?$"
)


def transports(box: Toolbox) -> Iterator[Transport]:
    """Every way the server can be started, once per package and kind."""
    seen: set[tuple[str, str]] = set()
    for fn, kind, line, _ in _starts(box):
        package, surface = box.program.package_path(fn.module), box.program.surface(fn.module)
        if (package, kind) not in seen or not surface.counts:
            seen.add((package, kind))
            yield Transport(kind, box.program.location(fn.module, line), surface, package)


def _starts(box: Toolbox) -> Iterator[tuple[Fn, str, int, int]]:
    """Function, kind, line and block of everything that sets a transport up."""
    for mark, roles, fn, block in box.program.marked("transport"):
        kind = _KINDS.get(roles.get("kind", ""), "")
        for found in (kind,) if kind else _compared(box, fn.module):
            yield fn, found, mark.line, block
    for fn in box.program.functions():
        if box.program.modules[fn.module].language == "python":
            for _, call, block in box.program.calls(fn):
                for found in _python(box, fn, call):
                    yield fn, found, call.line, block


def starts(box: Toolbox) -> Iterator[tuple[Fn, tuple[int, int]]]:
    """Production functions that start the stdio transport, with the line and block of the start."""
    for fn, kind, line, block in _starts(box):
        if kind == "stdio" and box.program.surface(fn.module).counts:
            yield fn, (line, block)


def _python(box: Toolbox, fn: Fn, call: ir.Call) -> Iterator[str]:
    name = box.origins.name_of(fn.at(call.callee))
    if name in _PYTHON_CALLS:
        yield _PYTHON_CALLS[name]
    elif name in {"run", "run_async"} and _is_server(box, fn, call):
        at = box.keyword(fn, call, "transport") or (box.position(fn, call, 0) if name == "run" else None)
        if at is None:
            spread = any(a.spread for a in call.args)
            yield from _compared(box, fn.module) if spread else ("stdio",)
        else:
            found = [_KINDS[text] for text in box.texts.of(at) if text in _KINDS]
            yield from found or _compared(box, fn.module)


def _is_server(box: Toolbox, fn: Fn, call: ir.Call) -> bool:
    """``mcp.run()``: on an MCP server object, or on something called so where the object is out of sight."""
    callee = box.program.value(fn.at(call.callee))
    if not isinstance(callee, ir.Member):
        return False
    base = fn.at(callee.base)
    paths = [s.path for s in box.symbols.resolve(base) if isinstance(s, External)]
    if any(_SERVER_MAKERS.match(p) for p in paths):
        return True
    named = box.origins.name_of(base) in {"mcp", "server", "app", "mcp_server", "main_mcp", "self"}
    return named and (box.keyword(fn, call, "transport") is not None or (not paths and not call.args))


def _compared(box: Toolbox, module: int) -> Iterator[str]:
    """The transports that a file names: choices of an option, comparisons, defaults."""
    named = {
        value.text
        for function in box.program.modules[module].functions
        for value in function.values
        if isinstance(value, ir.Literal) and value.kind == "str" and value.text in _KINDS
    }
    yield from sorted({_KINDS[text] for text in named})


def auth(box: Toolbox) -> Iterator[AuthCode]:
    """Code of the server that authenticates callers."""
    for mark, roles, fn, _ in box.program.marked("auth"):
        if box.program.surface(fn.module).counts:
            package = box.program.package_path(fn.module)
            yield AuthCode(box.program.location(fn.module, mark.line), roles.get("kind", mark.rule), package)
    for fn in box.program.functions():
        if box.program.surface(fn.module).counts and box.program.modules[fn.module].language == "python":
            for _, call, _ in box.program.calls(fn):
                if what := _auth_of(box, fn, call):
                    package = box.program.package_path(fn.module)
                    yield AuthCode(box.program.location(fn.module, call.line), what, package)


def _auth_of(box: Toolbox, fn: Fn, call: ir.Call) -> str:
    paths = [s.path for s in box.symbols.resolve(fn.at(call.callee)) if isinstance(s, External)]
    found = next((p for p in paths if _AUTH_CALLS.search(p)), "")
    if found:
        return found
    if any(_SERVER_MAKERS.match(f"{p}()") for p in paths):
        given = box.keyword(fn, call, "auth", "token_verifier", "auth_server_provider")
        held = box.program.value(given) if given else None
        return "auth=" if held is not None and not (isinstance(held, ir.Literal) and held.kind == "null") else ""
    return ""

"""How the server can be reached, and whether it authenticates its callers."""

import re
from collections.abc import Iterable, Iterator

from skillaudit import ir
from skillaudit.facts import AuthCode, Transport
from skillaudit.linking.calls.gates import children
from skillaudit.linking.knowledge.vocabulary import words
from skillaudit.linking.names.program import At, Cls, Fn
from skillaudit.linking.names.symbols import External, Instance
from skillaudit.linking.registrations import spoken
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.linking.serving import transports_declared
from skillaudit.linking.tools import gradio
from skillaudit.model import Surface

_KINDS = {
    "stdio": "stdio", "http": "http", "streamable-http": "http", "streamable_http": "http", "streamableHttp": "http",
    "streamablehttp": "http", "httpStream": "http", "sse": "sse", "streaming": "http", "streamable": "http",
}  # fmt: skip
_PYTHON_CALLS = {
    "stdio_server": "stdio", "run_stdio_async": "stdio", "run_stdio": "stdio", "SseServerTransport": "sse",
    "sse_app": "sse", "run_sse_async": "sse", "FastApiSseTransport": "sse", "mount_sse": "sse",
    "StreamableHTTPSessionManager": "http", "streamable_http_app": "http", "run_streamable_http_async": "http",
    "run_http_async": "http", "http_app": "http", "StreamableHTTPServerTransport": "http", "mount_http": "http",
    "FastApiHttpSessionManager": "http", "create_sse_app": "sse", "create_streamable_http_app": "http",
}  # fmt: skip
_APPLICATIONS = {"streamable_http_app", "sse_app", "http_app"}
"""Those of them that a web server may be given uncalled, to make the application itself."""

_SCRIPT_SDK = re.compile(r"^@modelcontextprotocol/(?:sdk/server|server|node|express|hono|fastify)\b")
_SCRIPT_CALLS = (
    ("stdio", re.compile(r"^(?:serveStdio|StdioServerTransport)$")),
    (
        "http",
        re.compile(
            r"^(?:serveHttp|serveHTTP|createMcpHandler|\w*StreamableHTTPServerTransport|StreamableHTTPTransport)$"
        ),
    ),
    ("sse", re.compile(r"^(?:serveSSE|SSEServerTransport)$")),
)
_SERVER_MAKERS = re.compile(
    r"^(?:mcp\.server\.|fastmcp\b).*(?:FastMCP|Server|MCPServer)\(\)$|^mcp\.server\.fastmcp\.FastMCP\(\)$|^fastmcp\b.*\bFastMCP(?:\.from_(?:openapi|fastapi)|OpenAPI)?\(\)$"
)
_LOOPS = re.compile(r"^(?:asyncio|anyio|trio)\.(?:run|\w+\(\)\.run_until_complete)$")
_STARTERS = {Surface.SCRIPT, Surface.CLI}
_SERVER_WORDS = {"mcp", "server", "app", "self"}
_AUTH_CALLS = re.compile(
    r"(?:^|\.)(?:jwt\.decode|PyJWKClient|BearerAuthProvider|BearerAuthBackend|RequireAuthMiddleware|JWTVerifier|OAuthProxy|"
    r"TokenVerifier|compare_digest|OAuthAuthorizationServerProvider|HTTPBearer|APIKeyHeader|AuthSettings|OAuthProvider|"
    r"verify_access_token|GoogleProvider|GitHubProvider|AuthenticationMiddleware|introspect_token|StaticTokenVerifier)(?:\(\))?$"
)


def piped(found: Iterable[Transport]) -> frozenset[str]:
    """The packages that serve on standard input and output alone."""
    kinds: dict[str, set[str]] = {}
    for one in found:
        if one.surface.counts:
            kinds.setdefault(one.package, set()).add(one.kind)
    return frozenset(package for package, held in kinds.items() if held == {"stdio"})


def transports(box: Toolbox) -> Iterator[Transport]:
    """Every way the server can be started, once per package and kind.

    Where a package's production code starts no server, its top-level scripts or a command of its front end do.
    """
    found = [(box.program.package_path(fn.module), fn, kind, line) for fn, kind, line, _ in _starts(box)]
    started = {package for package, fn, _, _ in found if box.program.surface(fn.module).counts}
    seen: set[tuple[str, str]] = set()
    for package, fn, kind, line in found:
        surface = box.program.surface(fn.module)
        if surface in _STARTERS and package not in started:
            surface = Surface.PRODUCTION
        if not surface.counts or (package, kind) not in seen:
            if surface.counts:
                seen.add((package, kind))
                box.starting.add(package)
            yield Transport(kind, box.program.location(fn.module, line), surface, package)


def _starts(box: Toolbox) -> Iterator[tuple[Fn, str, int, int]]:
    """Function, kind, line and block of everything that sets a transport up."""
    for mark, roles, fn, block in box.program.marked("transport"):
        kind = _KINDS.get(roles.get("kind", ""), "")
        for found in (kind,) if kind else _compared(box, fn.module):
            yield fn, found, mark.line, block
    yield from spoken.starts(box)
    yield from ((fn, "http", call.line, block) for fn, call, block in gradio.launches(box))
    for fn, kind, line in transports_declared.of_files(box):
        yield fn, kind, line, 0
    for fn, kind in box.byhand.transports():
        yield fn, kind, box.program.function(fn).line, 0
    for fn in box.program.functions():
        language = box.program.modules[fn.module].language
        for _, call, block in box.program.calls(fn) if language != "go" else ():
            for found in python_kinds(box, fn, call) if language == "python" else _script(box, fn, call):
                yield fn, found, call.line, block


def starts(box: Toolbox) -> Iterator[tuple[Fn, tuple[int, int]]]:
    """Functions of production code, or of a front end, that start the stdio transport, with line and block."""
    for fn, kind, line, block in _starts(box):
        surface = box.program.surface(fn.module)
        if kind == "stdio" and (surface.counts or surface is Surface.CLI):
            yield fn, (line, block)


def python_kinds(box: Toolbox, fn: Fn, call: ir.Call) -> Iterator[str]:
    """The transports that a call of the Python SDKs may start."""
    name = box.origins.name_of(fn.at(call.callee))
    handed = [made for argument in call.args for made in _makers(box, fn.at(argument.value))]
    yield from (_PYTHON_CALLS[made] for made in dict.fromkeys(handed))
    if name in _PYTHON_CALLS:
        yield _PYTHON_CALLS[name]
    elif name == "mount" and _is_fastapi_mcp(box, fn, call):
        yield "sse"
    elif name in {"run", "run_async"} and _is_server(box, fn, call) and not _over_streams(box, fn, call):
        at = box.keyword(fn, call, "transport") or (box.position(fn, call, 0) if name == "run" else None)
        if at is None:
            yield from _compared(box, fn.module) if any(a.spread for a in call.args) else ("stdio",)
        else:
            yield from _chosen(box, at)


def _is_fastapi_mcp(box: Toolbox, fn: Fn, call: ir.Call) -> bool:
    """``FastApiMCP(app).mount()``, which serves events unless it is told otherwise."""
    callee = box.program.value(fn.at(call.callee))
    held = box.symbols.resolve(fn.at(callee.base)) if isinstance(callee, ir.Member) else ()
    return any(isinstance(s, External) and s.path.endswith("FastApiMCP()") for s in held)


def _makers(box: Toolbox, at: At) -> Iterator[str]:
    """``uvicorn.Config(mcp.streamable_http_app)``, also as one of several."""
    at = box.program.bare(at)
    value = box.program.value(at)
    if isinstance(value, ir.Member) and value.name in _APPLICATIONS:
        yield value.name
    for option in value.options if isinstance(value, ir.Choice) else ():
        yield from _makers(box, at.to(option))


def _over_streams(box: Toolbox, fn: Fn, call: ir.Call) -> bool:
    """``server.run(read, write, options)`` of the low-level server: what made the streams says the transport."""
    first, second = box.position(fn, call, 0), box.position(fn, call, 1)
    return first is not None and second is not None and not isinstance(box.program.value(first), ir.Literal)


def _chosen(box: Toolbox, at: At) -> Iterator[str]:
    """The kinds that a transport argument may be: a constant, or what the code around a setting names."""
    named = {_KINDS[text] for text, _ in box.scenes.texts(at) if text in _KINDS}
    value = box.program.value(at)
    if named and isinstance(value, ir.Literal):
        yield from sorted(named)
        return
    settings = {fn.module for fn in box.symbols.resolve(at) if isinstance(fn, Fn)}
    if isinstance(value, ir.Member):
        held = [s.cls for s in box.symbols.resolve(at.to(value.base)) if isinstance(s, Instance)]
        declared = {kind for cls in held for kind in _declared(box, cls, value.name)}
        if declared:
            yield from sorted(declared)
            return
        settings |= {cls.module for cls in held}
    for module in {at.module, *settings}:
        named.update(_compared(box, module))
    yield from sorted(named)


def _declared(box: Toolbox, cls: Cls, name: str) -> Iterator[str]:
    """The kinds that a class declares for a field: ``transport: Literal["stdio", "sse"] = "stdio"``."""
    klass = box.program.klass(cls)
    for one in klass.fields:
        front = [number for number in (one.type, one.value) if one.name == name and number >= 0]
        while front:
            value = box.program.value(At(cls.module, klass.scope, front.pop()))
            front += [value.value] if isinstance(value, ir.Variable) else children(value)
            front += [value.key] if isinstance(value, ir.Item) else []
            if isinstance(value, ir.Literal) and value.text in _KINDS:
                yield _KINDS[value.text]


def _script(box: Toolbox, fn: Fn, call: ir.Call) -> Iterator[str]:
    """What the TypeScript SDK exports, under whatever name the project imports it."""
    for symbol in box.symbols.resolve(fn.at(call.callee)):
        if isinstance(symbol, External) and _SCRIPT_SDK.match(symbol.path):
            name = symbol.path.rpartition(".")[2]
            yield from (kind for kind, pattern in _SCRIPT_CALLS if pattern.match(name))
    yield from transports_declared.kinds(box, fn, call)


def _is_server(box: Toolbox, fn: Fn, call: ir.Call) -> bool:
    """``mcp.run()``: on an MCP server object, or on something called so where the object is out of sight."""
    callee = box.program.value(fn.at(call.callee))
    if not isinstance(callee, ir.Member):
        return False
    base = _waited(box, fn.at(callee.base))
    symbols = box.symbols.resolve(base)
    paths = [s.path for s in symbols if isinstance(s, External)]
    if any(_SERVER_MAKERS.match(p) for p in paths):
        return True
    if any(isinstance(s, Instance) for s in symbols):
        running = [s for held in symbols for s in box.symbols.member(held, callee.name)]
        return any(isinstance(s, External) and _SERVER_MAKERS.match(s.path.rpartition(".")[0]) for s in running)
    if box.keyword(fn, call, "transport") is not None:
        return True
    called = words(box.origins.name_of(base))
    return not paths and all(a.spread for a in call.args) and not _SERVER_WORDS.isdisjoint(called)


def _waited(box: Toolbox, at: At) -> At:
    """What an event loop runs to its end: ``asyncio.run(build())`` is what ``build`` gives back."""
    place = box.program.bare(at)
    value = box.program.value(place)
    if isinstance(value, ir.Call) and value.args:
        paths = [s.path for s in box.symbols.resolve(place.to(value.callee)) if isinstance(s, External)]
        if any(_LOOPS.search(path) for path in paths):
            return place.to(value.args[0].value)
    return at


def _compared(box: Toolbox, module: int) -> Iterator[str]:
    """The transports that a file names: choices of an option, comparisons, defaults, members of an enumeration."""
    named: set[str] = set()
    for number, function in enumerate(box.program.modules[module].functions):
        for index, value in enumerate(function.values):
            if isinstance(value, ir.Literal) and value.kind == "str":
                named.add(value.text)
            elif isinstance(value, ir.Member) and value.name.isupper():
                named.update(box.texts.of(At(module, number, index)))
    yield from sorted({_KINDS[text] for text in named if text in _KINDS})


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

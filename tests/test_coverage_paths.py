"""Which records at a distance a tool's call leaves: those that each call passes, not those of setting things up."""

import pytest
from linked import facts_of

from skillaudit.facts import Facts, Level, Tool

_HEAD = (
    "import functools\nimport logging\nfrom fastmcp import FastMCP\nmcp = FastMCP('a')\nlog = logging.getLogger('a')\n"
)
_TOOLS = """
@mcp.tool()
def one(key): return {call}

@mcp.tool()
def two(key): return {call}

@mcp.tool()
def three(key): return {call}
"""
_PYTHON = {
    "kept": (
        """
_client = None

def client():
    global _client
    if _client is not None:
        return _client
    _client = Client()
    log.info("connected")
    return _client
""",
        "client().get(key)",
    ),
    "lazy": (
        """
class Shelf:
    def client(self):
        if self._client is None:
            log.info("connecting")
            self._client = Client()
        return self._client

shelf = Shelf()
""",
        "shelf.client().get(key)",
    ),
    "cached": (
        """
@functools.lru_cache
def settings():
    log.info("settings read")
    return load()
""",
        "settings().get(key)",
    ),
    "nothing": (
        """
def note(key):
    if not key:
        return
    log.info("noted")
""",
        "note(key)",
    ),
    "credentials": (
        """
def client():
    try:
        return Client(token())
    except ValueError:
        log.error("no credentials")
        raise
""",
        "client().get(key)",
    ),
    "request": (
        """
def request(path, key):
    if not key:
        raise ValueError(path)
    try:
        return upstream.get(path, key)
    except OSError:
        log.error("request failed")
        raise
""",
        "request('/books', key)",
    ),
    "each": (
        """
def fetch(key):
    log.info("fetching")
    return upstream.get(key)
""",
        "fetch(key)",
    ),
    "declared": (
        """
class Client:
    def get(self, key):
        try:
            return upstream.get(key)
        except OSError:
            log.error("not got")
            raise

def client() -> Client:
    return upstream.cached("client")
""",
        "client().get(key)",
    ),
    "alternatives": (
        """
class Loud:
    def get(self, key):
        log.info("got")
        return key

class Quiet:
    def get(self, key):
        return key

store = Loud() if remote else Quiet()
""",
        "store.get(key)",
    ),
}
_WRAPPED = (
    _HEAD
    + """
def guarded(run):
    log.info("guarding %s", run)
    @functools.wraps(run)
    def inner(*args):
        if read_only:
            log.warning("refused")
            raise PermissionError(run)
        result = run(*args)
        account(run)
        return result
    return inner

def account(run):
    try:
        counter.add(1)
    except OSError:
        log.error("not counted")

@mcp.tool()
@guarded
def one(key): return key
"""
)
_LEVELS = """
import logging
from mcp.server import Server
app = Server("a")
log = logging.getLogger(__name__)
{set_up}

@app.call_tool()
async def call_tool(name, arguments):
    log.{method}("called")
    return arguments
"""
_SCRIPT = {
    "context.ts": """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
export interface Shelf { lend(name: string, config: object, handler: Handler): void }
export function makeShelf(server: McpServer): Shelf {
  const register = (name: string, config: object, run: Handler) => server.registerTool(name, config, run);
  return { lend(name: string, config: object, handler: Handler) { return register(name, config, handler); } };
}
""",
    "tools.ts": """
import type { Shelf } from "./context";
export function books(shelf: Shelf) {
  shelf.lend("borrow", { description: "B" }, async () => { console.error("borrowed"); return 1; });
  shelf.lend("return", { description: "R" }, async () => 2);
}
""",
}
_TABLE = """
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { CallToolRequestSchema } from "@modelcontextprotocol/sdk/types.js";
const server = new Server({}, {});
const handlers = { loud: async (args) => { console.error("loud"); return args; }, quiet: async (args) => args };
export const tools = [
  { name: "loud", description: "L", inputSchema: {} },
  { name: "quiet", description: "Q", inputSchema: {} },
];
server.setRequestHandler(CallToolRequestSchema, async (request) => {
  return await handlers[request.params.name](request.params.arguments);
});
"""
_GO = """package main

import (
    "context"

    "github.com/mark3labs/mcp-go/mcp"
    "github.com/mark3labs/mcp-go/server"
    "k8s.io/klog/v2"
)

func said(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
    klog.V(0).Info("said")
    return nil, nil
}

func whispered(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
    klog.V(6).Info("whispered")
    if klog.V(4).Enabled() {
        klog.Info("asked for")
    }
    return nil, nil
}

func main() {
    s := server.NewMCPServer("a", "1")
    s.AddTool(mcp.NewTool("said"), said)
    s.AddTool(mcp.NewTool("whispered"), whispered)
}
"""


@pytest.fixture(scope="module")
def facts() -> Facts:
    files = {f"{name}/server.py": _HEAD + text + _TOOLS.format(call=call) for name, (text, call) in _PYTHON.items()}
    files["wrapped/server.py"] = _WRAPPED
    files |= {f"{name}/pyproject.toml": f'[project]\nname = "{name}"\n' for name in (*_PYTHON, "wrapped")}
    files |= {f"script/{path}": text for path, text in _SCRIPT.items()} | {"table/server.js": _TABLE}
    files |= {f"{name}/package.json": f'{{"name": "{name}"}}' for name in ("script", "table")}
    return facts_of(files | {"go/main.go": _GO, "go/go.mod": "module a\n"})


def tool(facts: Facts, package: str, name: str) -> Tool:
    return next(tool for tool in facts.tools if (tool.package, tool.name) == (package, name))


@pytest.mark.parametrize(
    ("package", "name", "records"),
    [
        ("kept", "one", []),
        ("lazy", "one", []),
        ("cached", "one", []),
        ("nothing", "one", []),
        ("credentials", "one", []),
        ("request", "one", [("helper", True)]),
        ("each", "one", [("helper", False)]),
        ("declared", "one", [("helper", True)]),
        ("alternatives", "one", []),
        ("wrapped", "one", []),
        ("script", "borrow", [("handler", False)]),
        ("script", "return", []),
        ("table", "loud", [("handler", False)]),
        ("table", "quiet", []),
        ("go", "said", [("handler", False)]),
        ("go", "whispered", []),
    ],
)
def test_what_a_call_leaves(facts: Facts, package: str, name: str, records: list[tuple[str, bool]]) -> None:
    held = tool(facts, package, name).records
    assert [(record.mechanism, record.on_error_only) for record in held] == records


def test_verbosity_is_a_level(facts: Facts) -> None:
    levels = {call.message: call.level for call in facts.log_calls if call.package == "go"}
    assert levels == {"said": Level.INFO, "whispered": Level.DEBUG, "asked for": Level.INFO}


@pytest.mark.parametrize(
    ("set_up", "method", "shown"),
    [
        ("", "info", False),
        ("", "warning", True),
        ("log.setLevel(logging.INFO)", "info", False),
        ("logging.basicConfig()", "info", False),
        ("logging.basicConfig(level=logging.ERROR)", "warning", False),
        ("logging.basicConfig(level='INFO')", "info", True),
        ("logging.basicConfig(level=chosen())", "info", True),
        ("logging.basicConfig()\nlog.setLevel(logging.INFO)", "info", True),
        ("import uvicorn", "info", False),
        ("import starlette", "info", True),
        ("import starlette\nimport uvicorn\nuvicorn.run(app)", "info", False),
        ("import uvicorn\nuvicorn.run(app, log_config=SET_UP)", "info", True),
    ],
)
def test_levels_that_are_shown(set_up: str, method: str, shown: bool) -> None:  # noqa: FBT001 - a test's parameter
    held = facts_of({"server.py": _LEVELS.format(set_up=set_up, method=method)}).tools
    assert [bool(tool.records) for tool in held] == [shown]

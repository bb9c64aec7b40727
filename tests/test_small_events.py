"""What small servers leave: through tables of objects, in branches that answer with an error, for each client."""

import pytest
from linked import facts_of

from skillaudit.events import Cause

_TABLE = """import logging
import mcp.types as types
from mcp.server import Server
logging.basicConfig(level="INFO")
log = logging.getLogger("books")
app = Server("books")

class Work:
    name = ""
    async def {method}(self, arguments):
        answer = await self.perform(arguments)
        log.info("performed %s", self.name)
        return answer

class Lend(Work):
    name = "lend"
    async def perform(self, arguments):
        return "lent"

class Find(Work):
    name = "find"
    async def perform(self, arguments):
        return "found"

WORKS = {{work.name: work for work in (Lend(), Find())}}

@app.list_tools()
async def listed():
    return [types.Tool(name=w.name, description="", inputSchema={{"type": "object"}}) for w in WORKS.values()]

@app.call_tool()
async def call(name: str, arguments: dict):
    work = WORKS.get(name)
    return await work{called}(arguments)
"""
_SCRIPT = """import {{ Server }} from '@modelcontextprotocol/sdk/server/index.js';
import {{ CallToolRequestSchema }} from '@modelcontextprotocol/sdk/types.js';
const table = [
  {{ name: 'lend', description: 'Lend', inputSchema: {{ type: 'object' }}, run: async (a: any) => a.title }},
  {{ name: 'find', description: 'Find', inputSchema: {{ type: 'object' }}, run: async (a: any) => a.title }},
];
const server = new Server({{ name: 'books', version: '1' }}, {{ capabilities: {{ tools: {{}} }} }});
server.setRequestHandler(CallToolRequestSchema, async ({{ params }}) => {{
  const entry = table.find((t) => t.name === params.name);
  if (!entry) {{ return {{ isError: true, content: [] }}; }}
  const text = await entry.run(params.arguments);
  {record}
  return {{ content: [{{ type: 'text', text }}] }};
}});
"""
_GO = """package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"log/slog"
	"net/http"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

type book struct{ OwnerID string }
type in struct{ ID string }

var books = map[string]book{}

func short(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:6])
}

func plain(text string) string { return text }

func lend(ctx context.Context, req *mcp.CallToolRequest, args in) (*mcp.CallToolResult, any, error) {
	caller := req.Extra.TokenInfo.UserID
	if books[args.ID].OwnerID != caller {
		slog.Warn("refused", "event", "auth_failure", "caller", HIDE(caller), "owner", HIDE(books[args.ID].OwnerID))
		return nil, nil, errors.New("not found")
	}
	return nil, nil, nil
}

func trail(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, req mcp.Request) (mcp.Result, error) {
		slog.Info("asked", "event", "mcp_request", "method", method)
		return next(ctx, method, req)
	}
}

func main() {
	s := mcp.NewServer(&mcp.Implementation{Name: "books"}, nil)
	WIRED
	mcp.AddTool(s, &mcp.Tool{Name: "lend"}, lend)
	http.ListenAndServe(":8080", mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return s }, nil))
}
"""
_OWNER = """from fastmcp import FastMCP
from fastmcp.exceptions import ToolError
from fastmcp.server.dependencies import get_access_token
mcp = FastMCP("books")
BOOKS: dict = {{}}

@mcp.tool
def lend(book_id: str) -> str:
    caller = get_access_token().client_id
    book = BOOKS[book_id]
    if {asks}:
        raise ToolError("no such book")
    return book["title"]
"""


@pytest.mark.parametrize(("method", "called"), [("run", ".run"), ("__call__", "")])
def test_objects_that_a_table_holds(method: str, called: str) -> None:
    tools = facts_of({"server.py": _TABLE.format(method=method, called=called)}).tools
    assert {tool.name: len(tool.records) for tool in tools} == {"lend": 1, "find": 1}


@pytest.mark.parametrize(("record", "left"), [("console.error('ran', entry.name);", 1), ("", 0)])
def test_a_dispatcher_that_looks_definitions_up(record: str, left: int) -> None:
    tools = facts_of({"server.ts": _SCRIPT.format(record=record)}).tools
    assert {tool.name: len(tool.records) for tool in tools} == {"lend": left, "find": left}


def test_a_branch_that_answers_with_an_error_is_a_failure() -> None:
    (tool,) = facts_of({"main.go": _GO.replace("HIDE", "short").replace("WIRED", "")}).tools
    assert [record.on_error_only for record in tool.records] == [True]


@pytest.mark.parametrize(("helper", "hashed"), [("short", True), ("plain", False)])
def test_a_small_helper_that_hashes(helper: str, hashed: bool) -> None:  # noqa: FBT001 - a test's parameter
    facts = facts_of({"main.go": _GO.replace("HIDE", helper).replace("WIRED", "")})
    assert [note.hashed for note in facts.notes if "caller" in note.names] == [hashed]


@pytest.mark.parametrize(("wired", "left"), [("s.AddReceivingMiddleware(trail)", 1), ("", 0)])
def test_middleware_that_every_message_passes_sees_clients_come(wired: str, left: int) -> None:
    facts = facts_of({"main.go": _GO.replace("HIDE", "short").replace("WIRED", wired)})
    assert [len(one.records) for one in facts.connections] == [left]


def test_an_event_named_beside_the_message() -> None:
    facts = facts_of({"main.go": _GO.replace("HIDE", "short").replace("WIRED", "s.AddReceivingMiddleware(trail)")})
    assert {call.message: call.event for call in facts.log_calls} == {"refused": "auth_failure", "asked": "mcp_request"}


@pytest.mark.parametrize(
    "asks", ['book["owner_id"] != caller', 'book.get("owner_id") != caller', "book.owner_id != caller"]
)
def test_owners_under_a_key(asks: str) -> None:
    facts = facts_of({"server.py": _OWNER.format(asks=asks)})
    assert [one.cause for one in facts.rejections] == [Cause.OWNERSHIP]


def test_other_comparisons_are_no_ownership() -> None:
    assert facts_of({"server.py": _OWNER.format(asks='book["shelf"] != caller')}).rejections == ()


_LOOP = """import functools
import logging
from mcp.server.fastmcp import FastMCP
logging.basicConfig(level=logging.INFO)
log = logging.getLogger("books")
mcp = FastMCP("books")

def lend(title: str) -> str:
    return title

def find(title: str) -> str:
    return title

def observed(function):
    @functools.wraps(function)
    def run(*args, **kwargs):
        log.info("begin %s", function.__name__)
        return function(*args, **kwargs)
    return run

for function in (lend, find):
    mcp.tool()({given})
"""


@pytest.mark.parametrize(("given", "left"), [("observed(function)", 1), ("function", 0)])
def test_functions_that_a_loop_registers(given: str, left: int) -> None:
    tools = facts_of({"server.py": _LOOP.format(given=given)}).tools
    assert {tool.name: len(tool.records) for tool in tools} == {"lend": left, "find": left}


@pytest.mark.parametrize(
    ("record", "people"),
    [
        ("logger.bind(email=email).info('invited')", ("email",)),
        ("logger.bind(email=hashed(email)).info('invited')", ()),
        ("logger.bind(shelf=email).info('invited')", ("email",)),
    ],
)
def test_people_that_a_logger_was_given_before(record: str, people: tuple[str, ...]) -> None:
    text = f"from loguru import logger\n\ndef invite(email):\n    {record}\n"
    assert [note.people for note in facts_of({"server.py": text}).notes] == [people]


_LAYERS = """import {{ McpServer }} from '@modelcontextprotocol/sdk/server/mcp.js';
type Handler = (args: any) => Promise<any>;
type Layer = (next: Handler) => Handler;
const pipe = (...layers: Layer[]): Layer => (handler) => layers.reduceRight((next, layer) => layer(next), handler);
const recorded = (name: string): Layer => (next) => async (args) => {{
  const result = await next(args);
  console.error('ran', name);
  return result;
}};
const plain = (): Layer => (next) => async (args) => next(args);
const server = new McpServer({{ name: 'books', version: '1' }});
server.registerTool('lend', {{}}, pipe({layers})(async ({{ title }}: any) => ({{ content: [title] }})));
"""


@pytest.mark.parametrize(("layers", "left"), [("plain(), recorded('lend')", 1), ("plain(), plain()", 0)])
def test_layers_that_are_folded_around_a_handler(layers: str, left: int) -> None:
    (tool,) = facts_of({"server.ts": _LAYERS.format(layers=layers)}).tools
    assert (tool.handler.line, len(tool.records)) == (12, left)


_DECORATED = """import {{ McpServer }} from '@modelcontextprotocol/sdk/server/mcp.js';
function noted(label: string) {{
  return function (_target: object, _key: string, descriptor: PropertyDescriptor) {{
    const original = descriptor.value;
    descriptor.value = async function (...args: unknown[]) {{
      console.error(label);
      return original.apply(this, args);
    }};
    return descriptor;
  }};
}}
class Shelf {{
  {decorator}
  async lend({{ title }}: any) {{ return {{ content: [title] }}; }}
}}
const shelf = new Shelf();
const server = new McpServer({{ name: 'books', version: '1' }});
server.tool('lend', {{}}, (args) => shelf.lend(args));
"""


@pytest.mark.parametrize(("decorator", "left"), [("@noted('lend')", 1), ("", 0)])
def test_decorators_of_what_a_handler_calls(decorator: str, left: int) -> None:
    (tool,) = facts_of({"server.ts": _DECORATED.format(decorator=decorator)}).tools
    assert len(tool.records) == left


_INTERFACE = """package main

import (
	"context"
	"log/slog"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

type command interface {
	definition() mcp.Tool
	do(ctx context.Context) string
}

type lend struct{}

func (lend) definition() mcp.Tool          { return mcp.NewTool("lend") }
func (lend) do(ctx context.Context) string { return "lent" }

type find struct{}

func (find) definition() mcp.Tool          { return mcp.NewTool("find") }
func (find) do(ctx context.Context) string { return "found" }

func install(s *server.MCPServer, commands ...command) {
	for _, c := range commands {
		definition := c.definition()
		s.AddTool(definition, func(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			text := c.do(ctx)
			RECORD
			return mcp.NewToolResultText(text), nil
		})
	}
}

func main() {
	s := server.NewMCPServer("books", "1")
	install(s, lend{}, find{})
	_ = server.ServeStdio(s)
}
"""


@pytest.mark.parametrize(("record", "left"), [('slog.Info("ran", "tool", definition.Name)', 1), ("", 0)])
def test_tools_that_an_interface_defines(record: str, left: int) -> None:
    tools = facts_of({"main.go": _INTERFACE.replace("RECORD", record)}).tools
    assert {tool.name: (tool.resolved, len(tool.records)) for tool in tools} == {
        "lend": (True, left),
        "find": (True, left),
    }


def test_a_limit_that_is_counted_by_a_key_of_the_caller() -> None:
    text = (
        "from fastmcp import FastMCP, Context\nfrom fastmcp.exceptions import ToolError\n"
        "mcp = FastMCP('books')\nSEEN = {}\n\n"
        "def admit(session_id):\n    if len(SEEN[session_id]) > 30:\n        raise ToolError('rate limit exceeded')\n\n"
        "@mcp.tool\ndef lend(title: str, ctx: Context) -> str:\n    admit(ctx.session_id)\n    return title\n"
    )
    assert [one.cause for one in facts_of({"server.py": text}).rejections] == [Cause.RATE]


_PROVIDER = """from mcp.server.auth.provider import {base}, TokenError
from mcp.server.fastmcp import FastMCP

class Provider({base}):
    async def exchange_authorization_code(self, client, code):
        raise TokenError("invalid_grant", "no such code")

mcp = FastMCP("books", auth_server_provider=Provider())

@mcp.tool()
def lend(title: str) -> str:
    return title
"""


@pytest.mark.parametrize(("base", "found"), [("OAuthAuthorizationServerProvider", 1), ("ClientAuth", 0)])
def test_a_provider_of_oauth_refuses_for_its_callers(base: str, found: int) -> None:
    assert len(facts_of({"server.py": _PROVIDER.format(base=base)}).rejections) == found


_ALLOWED = """from mcp.server.fastmcp import FastMCP
mcp = FastMCP("books")
{held} = {{"lend"}}

@mcp.tool()
def allow_tool(name: str) -> str:
    {held}.add(name)
    return "ok"
"""


@pytest.mark.parametrize(("held", "changes"), [("ALLOWED_TOOLS", 1), ("BOOKS", 0)])
def test_a_list_of_what_is_allowed_is_a_setting(held: str, changes: int) -> None:
    assert len(facts_of({"server.py": _ALLOWED.format(held=held)}).config_changes) == changes

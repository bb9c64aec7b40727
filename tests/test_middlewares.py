"""Middleware and hooks that no tool call passes: too late, on another path, never handed over."""

import pytest
from linked import facts_of

_PYTHON = """import asyncio
import logging
from fastmcp import FastMCP
from fastmcp.server.middleware import Middleware
logging.basicConfig(level=logging.INFO)
log = logging.getLogger("books")
mcp = FastMCP("books")

class Trail(Middleware):
    async def on_call_tool(self, context, call_next):
        log.info("called")
        return await call_next(context)

@mcp.tool
def lend(title: str) -> str:
    return title

def main():
{body}
"""
_SCRIPT = """import express from 'express';
import {{ McpServer }} from '@modelcontextprotocol/sdk/server/mcp.js';
import {{ StreamableHTTPServerTransport }} from '@modelcontextprotocol/sdk/server/streamableHttp.js';
const server = new McpServer({{ name: 'books', version: '1' }});
server.tool('lend', {{}}, async () => ({{ content: [] }}));
const app = express();
const trail = (req, res, next) => {{ console.log('asked'); next(); }};
{before}
app.post('/mcp', async (req, res) => {{
  const transport = new StreamableHTTPServerTransport({{ sessionIdGenerator: undefined }});
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
}});
{after}
app.listen(3000);
"""
_SHELVES = """function shelves() {
  const own = express.Router();
  own.post('/', (req, res) => { console.error('shelf'); res.end(); });
  return own;
}
app.use(shelves());"""
_GO = """package main

import (
	"context"
	"log"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func lend(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {{ return nil, nil }}

func main() {{
	hooks := &server.Hooks{{}}
	hooks.AddBeforeCallTool(func(ctx context.Context, id any, req *mcp.CallToolRequest) {{ log.Print("called") }})
	s := server.NewMCPServer("books", "1"{options})
	s.AddTool(mcp.NewTool("lend"), lend)
	_ = server.ServeStdio(s)
}}
"""


def _left(path: str, text: str) -> list[bool]:
    return [bool(tool.records) for tool in facts_of({path: text}).tools]


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("    mcp.add_middleware(Trail())\n    mcp.run()", True),
        ("    mcp.run()\n    mcp.add_middleware(Trail())", False),
        ("    asyncio.run(asyncio.sleep(1))\n    mcp.add_middleware(Trail())\n    mcp.run()", True),
    ],
)
def test_given_to_a_server_that_has_ended(body: str, left: bool) -> None:  # noqa: FBT001 - a test's parameter
    assert _left("server.py", _PYTHON.format(body=body)) == [left]


@pytest.mark.parametrize(
    ("before", "after", "left"),
    [
        ("app.use(trail);", "", True),
        ("app.use('/mcp', trail);", "", True),
        ("app.use('/admin', trail);", "", False),
        ("", "app.use(trail);", False),
        ("const admin = express.Router();\nadmin.use(trail);\napp.use('/admin', admin);", "", False),
        (_SHELVES, "", False),
    ],
)
def test_paths_of_a_web_server(before: str, after: str, left: bool) -> None:  # noqa: FBT001 - a test's parameter
    assert _left("server.ts", _SCRIPT.format(before=before, after=after)) == [left]


@pytest.mark.parametrize(("options", "left"), [(", server.WithHooks(hooks)", True), ("", False)])
def test_hooks_count_where_they_are_handed_over(options: str, left: bool) -> None:  # noqa: FBT001
    assert _left("main.go", _GO.format(options=options)) == [left]


_REPLACED = """import {{ McpServer }} from '@modelcontextprotocol/sdk/server/mcp.js';
const server = new McpServer({{ name: 'books', version: '1' }});
const original = server.registerTool.bind(server);
{target} = (name: string, config: any, run: any) =>
  original(name, config, async (args: any) => {{
    const result = await run(args);
    console.error('ran', name);
    return result;
  }});
server.registerTool('lend', {{ inputSchema: {{}} }}, async () => ({{ content: [] }}));
"""


@pytest.mark.parametrize(("target", "left"), [("server.registerTool", True), ("server.registerPrompt", False)])
def test_a_server_s_own_method_that_is_replaced(target: str, left: bool) -> None:  # noqa: FBT001 - a test's parameter
    assert _left("server.ts", _REPLACED.format(target=target)) == [left]


_ENDED = """import express from 'express';
import {{ McpServer }} from '@modelcontextprotocol/sdk/server/mcp.js';
import {{ StreamableHTTPServerTransport }} from '@modelcontextprotocol/sdk/server/streamableHttp.js';
const app = express();
app.use((req, res, next) => {{
  const begun = Date.now();
  {heard};
  next();
}});
const server = new McpServer({{ name: 'books', version: '1' }});
server.registerTool('lend', {{ inputSchema: {{}} }}, async (args) => {{ {own} }});
app.post('/mcp', async (req, res) => {{
  const transport = new StreamableHTTPServerTransport({{}});
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
}});
"""
_OWN = "const held = await lend(args); {ask} { console.error({ tool: 'lend', outcome: 'failed' }); } return held;"


@pytest.mark.parametrize(
    ("heard", "own", "moments"),
    [
        (
            "res.on('finish', () => console.error('done', Date.now() - begun))",
            "return lend(args);",
            {"on success and failure"},
        ),
        ("console.error('begun')", "return lend(args);", {"before the call"}),
        ("", _OWN.replace("{ask}", "if (held.isErr())"), {"on failure"}),
        ("", _OWN.replace("{ask}", "if (!held.ok)"), {"on failure"}),
        ("", _OWN.replace("{ask}", "if (held.ok)"), {"on success"}),
    ],
)
def test_when_a_record_is_written(heard: str, own: str, moments: set[str]) -> None:
    facts = facts_of({"package.json": '{"name": "books"}', "server.ts": _ENDED.format(heard=heard, own=own)})
    assert {trace.moment.value for tool in facts.tools for trace in tool.trail} == moments

"""Records of code around tools that are left only on failure: of the tool, or of something else."""

import pytest
from linked import facts_of

_PYTHON = """import logging
from mcp.server.lowlevel import Server
import mcp.types as types
log = logging.getLogger("books")
server = Server("books")

@server.list_tools()
async def listed():
    return [types.Tool(name="lend", description="Lend a book", inputSchema={{"type": "object"}})]

async def lend(arguments):
    return arguments["title"]

def settings():
    try:
        return open("settings.ini").read()
    except OSError:
        log.error("no settings")

@server.call_tool()
async def call(name: str, arguments: dict):
{body}
"""
_APART = """    try:
        agent = server.request_context.request.headers["user-agent"]
    except (LookupError, AttributeError):
        log.error("no request")
    if name == "lend":
        return await lend(arguments)
"""
_LOADED = """    settings()
    if name == "lend":
        return await lend(arguments)
"""
_TRIED = """    try:
        if name == "lend":
            return await lend(arguments)
    except KeyError:
        log.error("the call failed")
        raise
"""
_TOLD = """    try:
        if name == "lend":
            return await lend(arguments)
    except KeyError:
        failed(name)
        raise

def failed(name):
    log.error("%s failed", name)
"""
_GO = """package main

import (
	"context"
	"log"
	"os"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func around(next server.ToolHandlerFunc) server.ToolHandlerFunc {{
	return func(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {{
{body}
	}}
}}

func lend(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {{ return nil, nil }}

func main() {{
	s := server.NewMCPServer("books", "1", server.WithToolHandlerMiddleware(around))
	s.AddTool(mcp.NewTool("lend"), lend)
	_ = server.ServeStdio(s)
}}
"""
_OPENED = """		file, err := os.Open("count")
		if err != nil {
			log.Print("no count")
		} else {
			file.Close()
		}
		return next(ctx, req)"""
_RUN = """		result, err := next(ctx, req)
		if err != nil {
			log.Print("the call failed")
		}
		return result, err"""


def _left(path: str, text: str) -> list[bool]:
    return [record.on_error_only for tool in facts_of({path: text}).tools for record in tool.records]


@pytest.mark.parametrize(("body", "left"), [(_APART, []), (_LOADED, []), (_TRIED, [True]), (_TOLD, [True])])
def test_dispatchers(body: str, left: list[bool]) -> None:
    assert _left("server.py", _PYTHON.format(body=body)) == left


@pytest.mark.parametrize(("body", "left"), [(_OPENED, []), (_RUN, [True])])
def test_middleware(body: str, left: list[bool]) -> None:
    assert _left("main.go", _GO.format(body=body)) == left

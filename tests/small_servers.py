"""Small servers of one tool, in each language, around a few lines of a test's own."""

PYTHON = """\
import logging
from mcp.server.fastmcp import FastMCP
from starlette.requests import Request
{imports}
mcp = FastMCP("desk")
log = logging.getLogger("desk")

@mcp.tool()
def go({arguments}) -> str:
{body}
    return "gone"

mcp.run(transport="streamable-http")
"""
GO = """\
package main

import (
	"context"
	"log/slog"
	"os"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

{functions}
func run(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {{
{body}
	return mcp.NewToolResultText("gone"), nil
}}

func main() {{
	s := server.NewMCPServer("desk", "1.0.0")
	s.AddTool(mcp.NewTool("go"), run)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}}
"""
TYPESCRIPT = """\
import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";
import {{ StreamableHTTPServerTransport }} from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import express from "express";
import pino from "pino";

const log = pino();
const server = new McpServer({{ name: "desk", version: "1.0.0" }});
{functions}
server.tool("go", {{ title: z.string() }}, async ({argument}) => {{
{body}
  return {{ content: [] }};
}});
await server.connect(new StreamableHTTPServerTransport({{ sessionIdGenerator: undefined }}));
"""


def python(body: str, imports: str = "", arguments: str = "") -> str:
    indented = "\n".join(f"    {line}" for line in body.strip().splitlines())
    return PYTHON.format(body=indented, imports=imports, arguments=arguments)


def typescript(body: str, functions: str = "", argument: str = "args") -> str:
    indented = "\n".join(f"  {line}" for line in body.strip().splitlines())
    return TYPESCRIPT.format(body=indented, functions=functions, argument=argument)


def golang(body: str, functions: str = "") -> str:
    indented = "\n".join(f"\t{line}" for line in body.strip().splitlines())
    return GO.format(body=indented, functions=functions)

"""Tools of Go servers: both SDKs, literals, helpers and tables."""

import pytest
from linked import facts_of

from skillaudit.facts import Facts, Tool

_SOURCE = """package main

import (
	"context"
	"log"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func recorded(name string, run server.ToolHandlerFunc) server.ToolHandlerFunc {
	return func(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		log.Printf("call %s", name)
		return run(ctx, request)
	}
}

func add(s *server.MCPServer, name string, run server.ToolHandlerFunc) {
	s.AddTool(mcp.NewTool(name, mcp.WithDescription("By helper")), recorded(name, run))
}

func main() {
	s := server.NewMCPServer("shelf", "1")
	s.AddTool(mcp.NewTool("list_books", mcp.WithReadOnlyHintAnnotation(true)), listBooks)
	s.AddTools(server.ServerTool{Tool: mcp.NewTool("weed"), Handler: weed})
	add(s, "renew", renew)
	add(s, "reserve", reserve)
	_ = server.ServeStdio(s)
}

func listBooks(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) { return books() }
func weed(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) { return remove() }
func renew(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) { return prolong() }
func reserve(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) { return hold() }
"""


@pytest.fixture(scope="module")
def tools() -> dict[str, Tool]:
    facts: Facts = facts_of({"main.go": _SOURCE, "go.mod": "module example.org/shelf\n"})
    return {tool.name: tool for tool in facts.tools}


def test_every_registration_is_one_tool(tools: dict[str, Tool]) -> None:
    assert sorted(tools) == ["list_books", "renew", "reserve", "weed"]


@pytest.mark.parametrize(
    ("name", "body"), [("list_books", "books()"), ("weed", "remove()"), ("renew", "prolong()"), ("reserve", "hold()")]
)
def test_handler_is_the_one_registered_under_the_name(tools: dict[str, Tool], name: str, body: str) -> None:
    assert body in _SOURCE.splitlines()[tools[name].handler.line - 1]


def test_wrapper_of_the_helper_records_its_tools_only(tools: dict[str, Tool]) -> None:
    assert {name: len(tool.records) for name, tool in tools.items()} == {
        "list_books": 0,
        "weed": 0,
        "renew": 1,
        "reserve": 1,
    }

"""Go files that no build takes say nothing of the package that they stand in."""

import pytest
from linked import facts_of

SERVER = """package main

import (
	"context"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func main() {
	s := server.NewMCPServer("shop", "1.0.0")
	s.AddTool(mcp.NewTool("ask"), ask)
	_ = server.ServeStdio(s)
}

func ask(context.Context, mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	record("asked")
	return mcp.NewToolResultText("yes"), nil
}
"""
WRITING = 'package main\n\nimport "log/slog"\n\nfunc record(event string) { slog.Info(event) }\n'
EMPTY = "package main\n\nfunc record(event string) {}\n"


@pytest.mark.parametrize(
    ("header", "recorded"),
    [("//go:build never\n\n", False), ("//go:build ignore\n\n", False), ("//go:build linux\n\n", True)],
)
def test_what_no_build_takes_records_nothing(header: str, recorded: bool) -> None:  # noqa: FBT001 - a table
    manifest = {"go.mod": "module example.org/shop\n\nrequire github.com/mark3labs/mcp-go v0.43.0\n"}
    facts = facts_of({**manifest, "main.go": SERVER, "real.go": header + WRITING, "stub.go": EMPTY})
    assert [bool(tool.records) for tool in facts.tools] == [recorded]

"""Fields that a record has and always leaves empty tell nothing of a call."""

import pytest
from linked import facts_of

from skillaudit.trails import Said

PYTHON = """import logging
import time
from mcp.server.fastmcp import FastMCP

log = logging.getLogger("desk")
mcp = FastMCP("desk")

@mcp.tool()
def read_note(name: str) -> str:
    started, size, outcome = time.monotonic(), 0, "failure"
    try:
        text = open(f"/srv/notes/{name}").read()
        size, outcome = len(text), "success"
        return text
    finally:
        log.info("tool_call", extra=EXTRA)

mcp.run()
"""
GO = """package main

import (
	"context"
	"log/slog"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func read(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	started := time.Now()
	result, err := mcp.NewToolResultText("a"), error(nil)
	slog.Info("tool_call", "tool", "read_note", "duration_ms", DURATION, "err", err)
	return result, err
}

func main() {
	s := server.NewMCPServer("desk", "1.0.0")
	s.AddTool(mcp.NewTool("read_note"), read)
	_ = server.ServeStdio(s)
}
"""


def said(files: dict[str, str]) -> set[Said]:
    (tool,) = facts_of(files).tools
    return {one for trace in tool.trail for one in trace.said}


@pytest.mark.parametrize(
    ("extra", "told"),
    [
        ('{"duration_ms": time.monotonic() - started, "bytes": size}', {Said.DURATION, Said.BYTES}),
        ('{"duration_ms": 0, "bytes": size}', {Said.BYTES}),
        ('{"duration_ms": 0.0, "bytes": None}', set()),
        ('{"duration_ms": time.monotonic() - started, "bytes": 0, "caller": ""}', {Said.DURATION}),
        ('{"caller": mcp.name, "session_age_ms": 1 * started}', {Said.CALLER, Said.SESSION_AGE}),
    ],
)
def test_a_constant_nothing_is_no_measure(extra: str, told: set[Said]) -> None:
    measures = {Said.DURATION, Said.BYTES, Said.CALLER, Said.SESSION_AGE}
    assert said({"server.py": PYTHON.replace("EXTRA", extra)}) & measures == told


@pytest.mark.parametrize(("duration", "told"), [("time.Since(started).Milliseconds()", True), ("0", False)])
def test_names_and_values_in_turn(duration: str, *, told: bool) -> None:
    files = {"go.mod": "module example.org/desk\n\ngo 1.23\n", "main.go": GO.replace("DURATION", duration)}
    assert (Said.DURATION in said(files)) is told

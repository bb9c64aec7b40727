"""Guards that never speak up: ceilings that nothing reaches, histories that forget, switches that are off."""

import pytest
from linked import facts_of

from skillaudit.guards import Watched

PYTHON = """import logging
import math
import os
import sys
import time
from collections import deque
from mcp.server.fastmcp import Context, FastMCP

mcp = FastMCP("desk")
log = logging.getLogger("desk")
WATCHED = True
CALL_WINDOW = 30.0

def number(name: str, default: float) -> int:
    return int(os.environ.get(name, default))

class Session:
    def __init__(self) -> None:
        self.calls = deque(maxlen=500)
        self.read_bytes = 0

class Limits:
    def __init__(self) -> None:
        self.burst = number("MAX_CALLS", 10)
        self.session_bytes = number("MAX_BYTES", 10 * 1024 * 1024)

LIMITS = Limits()
SESSIONS = {}

def after_call(session: Session, tool: str, size: int) -> None:
    session.calls.append((tool, time.time()))
    session.read_bytes += size
    recent = [one for one in session.calls if one[1] > time.time() - CALL_WINDOW]
    if len(recent) > LIMITS.burst:
        log.warning("burst_alert tool=%s", tool)
    if session.read_bytes > LIMITS.session_bytes:
        log.warning("session_volume_ceiling tool=%s", tool)

@mcp.tool()
def read_note(name: str, ctx: Context) -> str:
    session = SESSIONS.setdefault(ctx.session_id, Session())
    text = open(f"/srv/notes/{name}").read()
    after_call(session, "read_note", len(text))
    return text

mcp.run(transport="streamable-http")
"""
BURST, VOLUME = 'number("MAX_CALLS", 10)', 'number("MAX_BYTES", 10 * 1024 * 1024)'
ADDED = "session.calls.append((tool, time.time()))"


def watched(source: str) -> dict[Watched, str]:
    """Each guard that counts, or why it does not."""
    return {one.watched: one.idle for one in facts_of({"server.py": source}).guards}


def test_guards_that_may_speak_up() -> None:
    assert watched(PYTHON) == {Watched.BURST: "", Watched.SESSION: ""}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (VOLUME, "1024 * 1024 * 1024"),
        (VOLUME, 'float(os.environ.get("MAX_BYTES", "5e6"))'),
        (VOLUME, 'int(os.environ["MAX_BYTES"])'),
        (BURST, "max(number('MAX_CALLS', 10), 3)"),
        ("maxlen=500", "maxlen=50"),
        ("CALL_WINDOW = 30.0", "CALL_WINDOW = 5 * 60"),
        ("WATCHED = True", "nearest = float('inf')"),
        (
            "    session.read_bytes += size",
            "    if time.time() > 5:\n        session.read_bytes = 0\n    session.read_bytes += size",
        ),
        ("session.read_bytes += size", "session.read_bytes = session.read_bytes + size"),
        ("if len(recent) >", "if WATCHED and len(recent) >"),
        ("if len(recent) >", "if LIMITS.burst and len(recent) >"),
        ("""tool=%s", tool)\n    if session""", """tool=%s", tool)\n        session.calls.clear()\n    if session"""),
    ],
)
def test_other_ways_to_set_them_up(old: str, new: str) -> None:
    assert old in PYTHON
    assert watched(PYTHON.replace(old, new)) == {Watched.BURST: "", Watched.SESSION: ""}


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (BURST, "float('inf')", Watched.BURST),
        (BURST, "math.inf", Watched.BURST),
        (BURST, "number('MAX_CALLS', 10**12)", Watched.BURST),
        (VOLUME, "sys.maxsize", Watched.SESSION),
        (VOLUME, "1 << 62", Watched.SESSION),
        (VOLUME, "number('MAX_BYTES', 999_999_999_999_999)", Watched.SESSION),
        (VOLUME, "float(os.environ.get('MAX_BYTES', 'inf'))", Watched.SESSION),
        ("CALL_WINDOW = 30.0", "CALL_WINDOW = 0", Watched.BURST),
    ],
)
def test_a_guard_that_nothing_sets_off_counts_for_nothing(old: str, new: str, kind: Watched) -> None:
    assert old in PYTHON
    found = watched(PYTHON.replace(old, new))
    assert [one for one, idle in found.items() if idle] == [kind]


@pytest.mark.parametrize("set_up", ["False", "os.environ.get('WATCH') == 'on'"])
def test_a_guard_whose_record_is_behind_an_option_is_none(set_up: str) -> None:
    source = PYTHON.replace("if len(recent) >", "if WATCHED and len(recent) >")
    assert watched(source.replace("WATCHED = True", f"WATCHED = {set_up}")) == {Watched.SESSION: ""}


def test_a_guard_that_refuses_is_told_to_be_switched_off() -> None:
    refusing = 'raise RuntimeError("too many calls")'
    source = PYTHON.replace("if len(recent) >", "if WATCHED and len(recent) >").replace("True", "False")
    found = watched(source.replace('log.warning("burst_alert tool=%s", tool)', refusing))
    assert found[Watched.BURST] == "is switched off by default"


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("session.read_bytes += size", "session.read_bytes += 0", Watched.SESSION),
        ("session.read_bytes += size", "session.read_bytes += size * 0", Watched.SESSION),
        (
            "    session.read_bytes += size",
            "    session.read_bytes = 0\n    session.read_bytes += size",
            Watched.SESSION,
        ),
        (f"    {ADDED}", f"    session.calls.clear()\n    {ADDED}", Watched.BURST),
        ("maxlen=500", "maxlen=1", Watched.BURST),
    ],
)
def test_what_forgets_each_time_keeps_nothing(old: str, new: str, kind: Watched) -> None:
    assert old in PYTHON
    assert kind not in watched(PYTHON.replace(old, new))


def test_a_guard_is_no_guard_of_calls_that_do_not_reach_it() -> None:
    switched = PYTHON.replace('    after_call(session, "', '    if WATCHED:\n        after_call(session, "')
    held = facts_of({"server.py": switched}).guards
    assert {one.tools for one in held} == {("read_note",)}
    held = facts_of({"server.py": switched.replace("WATCHED = True", "WATCHED = False")}).guards
    assert {one.tools for one in held} == {()}


@pytest.mark.parametrize(
    ("limit", "idle"),
    [
        ("Number(process.env.MAX_BYTES ?? 5 * 1024 * 1024)", False),
        ("parseInt(process.env.MAX_BYTES || '5000000', 10)", False),
        ("Infinity", True),
        ("Number.MAX_SAFE_INTEGER", True),
        ("2 ** 53", True),
        ("Number(process.env.MAX_BYTES ?? Infinity)", True),
    ],
)
def test_ceilings_of_scripts(limit: str, *, idle: bool) -> None:
    source = f"""import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";
import {{ StdioServerTransport }} from "@modelcontextprotocol/sdk/server/stdio.js";
import {{ readFile }} from "node:fs/promises";
import {{ z }} from "zod";

const limits = {{ responseBytes: {limit} }};
const server = new McpServer({{ name: "desk", version: "1.0.0" }});

function countResponse(sessionId: string, bytes: number) {{
  if (bytes > limits.responseBytes) console.error(JSON.stringify({{ event: "large_response", sessionId, bytes }}));
}}

server.tool("read_note", {{ name: z.string() }}, async ({{ name }}, extra) => {{
  const text = await readFile(`/srv/notes/${{name}}`, "utf8");
  countResponse(extra.sessionId, Buffer.byteLength(text));
  return {{ content: [{{ type: "text", text }}] }};
}});
await server.connect(new StdioServerTransport());
"""
    (guard,) = facts_of({"package.json": '{"name": "desk", "version": "1.0.0"}', "server.ts": source}).guards
    assert guard.watched is Watched.RESPONSE
    assert bool(guard.idle) is idle


@pytest.mark.parametrize(
    ("limit", "idle"),
    [('number("MAX", 5<<20)', False), ("math.MaxInt64", True), ('number("MAX", 1<<62)', True)],
)
def test_ceilings_of_go(limit: str, *, idle: bool) -> None:
    source = f"""package main

import (
	"context"
	"log/slog"
	"math"
	"os"
	"strconv"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

type Limits struct{{ ResponseBytes int64 }}

var _ = math.Pi
var limits = &Limits{{ResponseBytes: {limit}}}

func number(name string, fallback int64) int64 {{
	value, err := strconv.ParseInt(os.Getenv(name), 10, 64)
	if err != nil {{
		return fallback
	}}
	return value
}}

func countResponse(session string, bytes int64) {{
	if bytes > limits.ResponseBytes {{
		slog.Warn("large_response", "session", session, "bytes", bytes)
	}}
}}

func read(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {{
	text, err := os.ReadFile(req.GetString("name", ""))
	countResponse("stdio", int64(len(text)))
	return mcp.NewToolResultText(string(text)), err
}}

func main() {{
	s := server.NewMCPServer("desk", "1.0.0")
	s.AddTool(mcp.NewTool("read_note"), read)
	_ = server.ServeStdio(s)
}}
"""
    (guard,) = facts_of({"go.mod": "module example.org/desk\n\ngo 1.23\n", "main.go": source}).guards
    assert guard.watched is Watched.RESPONSE
    assert bool(guard.idle) is idle

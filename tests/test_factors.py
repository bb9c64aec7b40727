"""Second factors in front of a change of the server's own configuration: those that stop somebody, and the others."""

import pytest
from linked import facts_of

PYTHON = """import hashlib
import hmac
import os
import logging
import directory
import pyotp
from mcp.server.fastmcp import Context, FastMCP

mcp = FastMCP("desk")
log = logging.getLogger("desk")
LIMITS = {{"calls": 10}}
STRICT = False
PLAIN = "open sesame"
HASHED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
EXPECTED = os.environ["ADMIN_CODE_SHA256"]

def always(given: str) -> bool:
    hmac.compare_digest(given, EXPECTED)
    return True

def right(given: str) -> bool:
    if not hmac.compare_digest(given, EXPECTED):
        return False
    return True

def require_code(given: str) -> None:
    if given != EXPECTED:
        raise PermissionError("wrong code")

def warn_of_code(given: str) -> None:
    if given != EXPECTED:
        log.warning("wrong code")

@mcp.tool()
async def set_limit(name: str, value: int, confirmation: str, confirmed: bool, ctx: Context) -> str:
    given = hashlib.sha256(confirmation.encode()).hexdigest()
    {guard}
    LIMITS[name] = value
    log.warning("config_change setting=%s", name)
    return "done"

mcp.run()
"""
LEAVES = "\n        raise PermissionError('not confirmed')"
STOPS = [
    "if not hmac.compare_digest(given, EXPECTED):",
    "if given != EXPECTED:",
    "if not hmac.compare_digest(given, HASHED):",
    "if not right(given):",
    "if right(given) is False:",
    "if not pyotp.TOTP(EXPECTED).verify(confirmation):",
    "if given not in {EXPECTED, HASHED}:",
    "verdict = await directory.check(name, confirmation)\n    if not verdict.accepted:",
    "if not (hmac.compare_digest(given, EXPECTED) or pyotp.TOTP(PLAIN).verify(confirmation)):",
    "if not confirmed or not EXPECTED or given != EXPECTED:",
    "answer = await ctx.elicit('Change the limit?', schema=dict)\n    if answer.action != 'accept':",
    "answer = await ctx.elicit('Type yes', schema=dict)\n    if answer.data['confirm'] != 'yes':",
]
STOPS_NOBODY = [
    "if not hmac.compare_digest(given, given):",
    "if not hmac.compare_digest(given, hashlib.sha256(confirmation.encode()).hexdigest()):",
    "if not (hmac.compare_digest(given, EXPECTED) or True):",
    "if STRICT and not hmac.compare_digest(given, EXPECTED):",
    "if os.environ.get('SECOND_FACTOR') == '1' and given != EXPECTED:",
    "if not hmac.compare_digest(given, os.environ.get('ADMIN_CODE', given)):",
    "if confirmation != PLAIN:",
    "if given not in {given, EXPECTED}:",
    "if confirmation not in ('yes', 'sure'):",
    "if confirmation != name:",
    "if not confirmed:",
    "if len(confirmation) < 6:",
    "if not always(given):",
    "answer = await ctx.elicit('Change the limit?', schema=dict)\n    if answer is None:",
]


def confirmed(files: dict[str, str]) -> bool:
    (change,) = facts_of(files).config_changes
    assert change.recorded is not None
    return change.confirmed is not None


@pytest.mark.parametrize("guard", STOPS)
def test_a_factor_compares_with_what_the_call_does_not_say(guard: str) -> None:
    assert confirmed({"server.py": PYTHON.format(guard=guard + LEAVES)})


@pytest.mark.parametrize("guard", STOPS_NOBODY)
def test_a_factor_that_always_holds_is_none(guard: str) -> None:
    assert not confirmed({"server.py": PYTHON.format(guard=guard + LEAVES)})


@pytest.mark.parametrize(
    ("guard", "stops"),
    [
        ("require_code(given)", True),
        ("warn_of_code(given)", False),
        ("try:\n        require_code(given)\n    except PermissionError:\n        pass", False),
        ("try:\n        require_code(given)\n    except PermissionError:\n        raise", True),
    ],
)
def test_a_call_is_a_factor_where_its_error_ends_the_tool(guard: str, *, stops: bool) -> None:
    source = PYTHON.replace("require_code", "require_confirmation").replace("warn_of_code", "warn_of_confirmation")
    guard = guard.replace("require_code", "require_confirmation").replace("warn_of_code", "warn_of_confirmation")
    assert confirmed({"server.py": source.format(guard=guard)}) is stops


TYPESCRIPT = """import {{ timingSafeEqual, createHash }} from "node:crypto";
import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";
import {{ StdioServerTransport }} from "@modelcontextprotocol/sdk/server/stdio.js";
import {{ z }} from "zod";

const limits = {{ rows: 10 }};
const config = {{ adminCode: process.env.ADMIN_CODE ?? "" }};
const server = new McpServer({{ name: "desk", version: "1.0.0" }});

function confirmed(code: string): boolean {{
  const given = createHash("sha256").update(code).digest();
  const expected = Buffer.from(config.adminCode, "hex");
  {body}
}}

server.tool("set_limit", {{ rows: z.number(), confirmation: z.string() }}, async ({{ rows, confirmation }}) => {{
  if (!confirmed(confirmation)) throw new Error("not confirmed");
  limits.rows = rows;
  console.error(JSON.stringify({{ event: "config_change", after: rows }}));
  return {{ content: [] }};
}});
await server.connect(new StdioServerTransport());
"""


@pytest.mark.parametrize(
    ("body", "stops"),
    [
        ("return given.length === expected.length && timingSafeEqual(given, expected);", True),
        ("const same = timingSafeEqual(given, expected);\n  if (!same) return false;\n  return true;", True),
        ("return timingSafeEqual(given, given);", False),
        ("timingSafeEqual(given, expected);\n  return true;", False),
        ("return timingSafeEqual(given, expected) || true;", False),
        ("return given.length === 32;", False),
        ("const wanted = process.env.ADMIN_CODE ?? code;\n  return code === wanted;", False),
    ],
)
def test_the_function_that_says_yes_has_to_have_asked(body: str, *, stops: bool) -> None:
    files = {"package.json": '{"name": "desk", "version": "1.0.0"}', "server.ts": TYPESCRIPT.format(body=body)}
    assert confirmed(files) is stops


GO = """package main

import (
	"context"
	"crypto/subtle"
	"log/slog"
	"os"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

const strict = false

var limits = &struct{{ MaxRows int }}{{MaxRows: 100}}

func setting(name, fallback string) string {{
	if value := os.Getenv(name); value != "" {{
		return value
	}}
	return fallback
}}

func setLimit(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {{
	given := []byte(req.GetString("confirmation", ""))
	if {guard} {{
		return mcp.NewToolResultError("the confirmation is wrong"), nil
	}}
	limits.MaxRows = req.GetInt("rows", 100)
	slog.Warn("config_change", "setting", "rows", "after", limits.MaxRows)
	return mcp.NewToolResultText("done"), nil
}}

func main() {{
	s := server.NewMCPServer("desk", "1.0.0")
	s.AddTool(mcp.NewTool("set_limit", mcp.WithNumber("rows"), mcp.WithString("confirmation")), setLimit)
	_ = server.ServeStdio(s)
}}
"""


@pytest.mark.parametrize(
    ("guard", "stops"),
    [
        ('subtle.ConstantTimeCompare(given, []byte(setting("ADMIN_CODE", ""))) != 1', True),
        ('subtle.ConstantTimeCompare(given, []byte(setting("ADMIN_CODE", ""))) == 0', True),
        ('subtle.ConstantTimeCompare(given, []byte(setting("ADMIN_CODE", string(given)))) != 1', False),
        ("subtle.ConstantTimeCompare(given, given) != 1", False),
        ('subtle.ConstantTimeCompare(given, []byte(setting("ADMIN_CODE", ""))) < 0', False),
        ('strict && subtle.ConstantTimeCompare(given, []byte(setting("ADMIN_CODE", ""))) != 1', False),
        ('string(given) != "open sesame"', False),
        ('bcrypt.CompareHashAndPassword([]byte(setting("ADMIN_HASH", "")), given) != nil', True),
        ("bcrypt.CompareHashAndPassword(given, given) != nil", False),
        ('ok, _ := totp.ValidateCustom(string(given), setting("SECRET", "")); !ok', True),
    ],
)
def test_go_compares_by_a_number(guard: str, *, stops: bool) -> None:
    assert confirmed({"go.mod": "module example.org/desk\n\ngo 1.23\n", "main.go": GO.format(guard=guard)}) is stops

"""Records of what a project's own registration and its decorators put around handlers."""

import pytest
from linked import facts_of

SERVER = """
import logging
from functools import wraps
from mcp.server.fastmcp import FastMCP

log = logging.getLogger(__name__)


def recorded(func):
    @wraps(func)
    async def wrapper(*args, **kwargs):
        try:
            return await func(*args, **kwargs)
        except Exception:
            log.error("tool %s failed", func.__name__)
            raise
    return wrapper


def quiet(func):
    return func


def announced(func):
    log.info("registered %s", func.__name__)
    return func


class Own(FastMCP):
    def _put(self, fn, options):
        return super().tool({around}(fn), **options)

    def tool(self, **options):
        def decorator(fn):
            return self._put(fn, options)

        return decorator


def guarded(func):
    @{inside}
    @wraps(func)
    async def wrapper(*args, **kwargs):
        return await func(*args, **kwargs)

    return wrapper


mcp = {server}("mini")


@mcp.tool()
{decorator}
async def read_note(name: str) -> str:
    \"\"\"Read.\"\"\"
    return lookup(name)


def lookup(name):
    if name.startswith("_"):
        raise PermissionError("access denied: not your note")
    return NOTES[name]
"""
PLAIN = {"around": "quiet", "inside": "quiet", "server": "FastMCP", "decorator": ""}


@pytest.mark.parametrize(
    ("changes", "recorded"),
    [
        ({}, False),
        ({"server": "Own"}, False),
        ({"server": "Own", "around": "recorded"}, True),
        ({"around": "recorded"}, False),
        ({"decorator": "@recorded"}, True),
        ({"decorator": "@guarded"}, False),
        ({"decorator": "@announced"}, False),
        ({"decorator": "@guarded", "inside": "announced"}, False),
        ({"decorator": "@guarded", "inside": "recorded"}, True),
    ],
)
def test_what_stands_around_a_handler_records_its_failure(changes: dict[str, str], recorded: bool) -> None:  # noqa: FBT001
    facts = facts_of({"server.py": SERVER.format(**(PLAIN | changes))})
    [tool] = facts.tools
    assert [one.on_error_only for one in tool.records] == ([True] if recorded else [])
    [refused] = facts.rejections
    assert bool(refused.records) is recorded


MOUNTED = """
import logging
from mcp.server.fastmcp import FastMCP
from shared import lookup

log = logging.getLogger(__name__)
mcp = FastMCP("{name}")


@mcp.tool()
def search(text: str) -> str:
    \"\"\"Search.\"\"\"
    try:
        return lookup(text)
    except PermissionError:
        {then}
        return "refused"
"""
SHARED = 'def lookup(text):\n    if text == "x":\n        raise PermissionError("access denied")\n    return text\n'


@pytest.mark.parametrize(("then", "recorded"), [("log.warning('refused')", True), ("pass", False)])
def test_tools_of_one_name_all_count_where_they_refuse(then: str, recorded: bool) -> None:  # noqa: FBT001
    files = {
        "books.py": MOUNTED.format(name="books", then="log.warning('refused')"),
        "maps.py": MOUNTED.format(name="maps", then=then),
        "shared.py": SHARED,
        "pyproject.toml": '[project]\nname = "mini"\nversion = "1"\n',
    }
    [refused] = facts_of(files).rejections
    assert bool(refused.records) is recorded


INJECTED = """
import {{ McpServer }} from '@modelcontextprotocol/sdk/server/mcp.js';
import {{ injectAll, injectable }} from 'tsyringe';
import {{ z }} from 'zod';

export const readNote = {{
  name: 'read_note',
  description: 'Read a note',
  inputSchema: z.object({{ id: z.string() }}),
  handler: async (input: any) => ({{ content: [] }}),
}};

function handle(tool: any) {{
  return async (input: any) => {{
    const result = await tool.handler(input);
    {record}
    return result;
  }};
}}

@injectable()
export class Registry {{
  constructor(@injectAll('Tools') private tools: any[]) {{}}
  registerAll(server: McpServer) {{
    for (const tool of this.tools) {{
      server.registerTool(tool.name, {{ inputSchema: tool.inputSchema }}, handle(tool));
    }}
  }}
}}
"""


@pytest.mark.parametrize(
    ("record", "recorded"), [("console.error('finished', { tool: tool.name });", True), ("void 0;", False)]
)
def test_definitions_that_are_injected_are_registered_all_the_same(record: str, recorded: bool) -> None:  # noqa: FBT001
    [tool] = facts_of({"src/tools.ts": INJECTED.format(record=record)}).tools
    assert tool.name == "read_note"
    assert bool(tool.records) is recorded

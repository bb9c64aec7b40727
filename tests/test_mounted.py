"""Servers made of parts in packages of their own: what the one that starts them puts around calls counts for all."""

from functools import cache

from audits import audit_tree
from linked import facts_of

from skillaudit.report import Report


def _manifest(name: str, *used: str) -> str:
    return f'[project]\nname = "{name}"\nversion = "1"\ndependencies = [{", ".join(repr(one) for one in used)}]\n'


_SHARED = """import logging
from collections import defaultdict
from fastmcp.exceptions import ToolError
from fastmcp.server.middleware import Middleware
audit = logging.getLogger("yard.audit")

class Trail(Middleware):
    async def on_call_tool(self, context, call_next):
        result = await call_next(context)
        audit.info("tool_call", extra={"tool": context.message.name})
        return result

    async def on_initialize(self, context, call_next):
        audit.info("session_initialized")
        return await call_next(context)

class Limits(Middleware):
    def __init__(self, calls=60):
        self.calls = calls
        self.seen = defaultdict(list)

    async def on_call_tool(self, context, call_next):
        session = context.fastmcp_context.session_id
        seen = self.seen[session]
        if len(seen) >= self.calls:
            audit.warning("burst_limit", extra={"session_id": session, "count": len(seen)})
            raise ToolError("slow down")
        seen.append(context.timestamp)
        return await call_next(context)
"""
_PARTS = """from fastmcp import FastMCP
from fastmcp.tools import Tool

async def prune(tree: str) -> str:
    \"\"\"Prune a tree.\"\"\"
    return tree

async def water(tree: str) -> str:
    \"\"\"Water a tree.\"\"\"
    return tree

TOOLS = [("prune_tree", prune, {"write"}), ("water_tree", water, {"write"})]

def build() -> FastMCP:
    server = FastMCP("trees")
    for name, function, tags in TOOLS:
        server.add_tool(Tool.from_function(function, name=name, tags=tags))
    return server
"""
_HOST = """import logging
from fastmcp import FastMCP
from yard_shared import Limits, Trail
from yard_trees import build
logging.basicConfig(level=logging.INFO)

def main() -> None:
    mcp = FastMCP("yard")
    {given}
    mcp.mount(build())
    mcp.run(transport="http")

if __name__ == "__main__":
    main()
"""
_GIVEN = "mcp.add_middleware(Trail()); mcp.add_middleware(Limits())"


def _files(given: str) -> dict[str, str]:
    return {
        "packages/shared/pyproject.toml": _manifest("yard-shared", "fastmcp"),
        "packages/shared/src/yard_shared/__init__.py": _SHARED,
        "packages/trees/pyproject.toml": _manifest("yard-trees", "fastmcp"),
        "packages/trees/src/yard_trees/__init__.py": _PARTS,
        "packages/yard/pyproject.toml": _manifest("yard", "yard-shared", "yard-trees", "fastmcp"),
        "packages/yard/src/yard/main.py": _HOST.format(given=given),
    }


@cache
def _report(given: str) -> Report:
    return audit_tree(_files(given))


def _told(given: str, check: str) -> list[str]:
    return [one.finding.message for one in _report(given).findings if one.check.id == check]


def test_a_table_names_each_of_its_tools() -> None:
    assert [tool.name for tool in facts_of(_files(_GIVEN)).tools] == ["prune_tree", "water_tree"]


def test_middleware_of_the_server_that_mounts_records_the_calls() -> None:
    assert not _told(_GIVEN, "SA105")
    assert _told("pass", "SA105") == ["2 of 2 tools leave no record when they are called"]


def test_guards_of_a_shared_package_watch_the_calls() -> None:
    assert not any("burst" in message for message in _told(_GIVEN, "SA106"))
    assert any("burst" in message for message in _told("pass", "SA106"))


def test_hooks_of_a_shared_package_record_who_is_let_in() -> None:
    assert not any("is let in" in message for message in _told(_GIVEN, "SA102"))

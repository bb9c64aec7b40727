"""What a tool can do, by its hints, its name, its description and what its handler reaches."""

import pytest
from linked import facts_of

from skillaudit.facts import Facts

_SOURCE = '''
import subprocess
import httpx
from fastmcp import FastMCP
mcp = FastMCP("a")

@mcp.tool()
def aws(line: str):
    """The AWS client."""
    return subprocess.run(line.split())

@mcp.tool()
def page(url: str):
    """Return a page's text."""
    return httpx.get(url).text

@mcp.tool(annotations={"readOnlyHint": True})
def update_check(x): return x

@mcp.tool()
async def export_shelf(name: str) -> None:
    await asyncio.to_thread((FOLDER / name).write_text, "shelf")

@mcp.tool()
def export_card(name: str) -> str:
    return CARDS[name]

@mcp.tool(description="Delete everything")
def broom(x): return x
'''
_NAMES = {
    "run_query": {"retrieval"},
    "run_accessibility_audit": {"retrieval"},
    "runPipeline": {"execution"},
    "rerun_workflow": {"execution"},
    "execute_code": {"execution"},
    "create_run": {"execution"},
    "eval_consistency": {"retrieval"},
    "send_email": {"external"},
    "push_text_message": {"external"},
    "git_push": {"mutation"},
    "git_log": {"retrieval"},
    "log_visit": {"mutation"},
    "download_asset": {"retrieval", "external"},
    "watch_topic": {"mutation"},
    "list_books": {"retrieval"},
    "delete_book": {"mutation"},
    "fetch_url": {"external"},
    "books": {"retrieval"},
    "dispatch_van": {"mutation"},
    "dispatch_workflow": {"execution"},
    "promote_edition": {"mutation"},
}


@pytest.fixture(scope="module")
def facts() -> Facts:
    named = "".join(f"@mcp.tool(name='{name}')\ndef t{n}(x): return x\n" for n, name in enumerate(_NAMES))
    return facts_of({"server.py": _SOURCE + named, "pyproject.toml": "[project]\nname = 'a'\n"})


def effects(facts: Facts, name: str) -> set[str]:
    return {effect.value for tool in facts.tools if tool.name == name for effect in tool.effects}


@pytest.mark.parametrize("name", list(_NAMES))
def test_name_decides(facts: Facts, name: str) -> None:
    assert effects(facts, name) == _NAMES[name]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("aws", {"execution"}),
        ("page", {"retrieval", "external"}),
        ("update_check", {"retrieval"}),
        ("broom", {"mutation"}),
        ("export_shelf", {"mutation"}),
        ("export_card", {"retrieval"}),
    ],
)
def test_hints_reach_and_description_decide_where_the_name_does_not(
    facts: Facts, name: str, expected: set[str]
) -> None:
    assert effects(facts, name) == expected

"""Checks that are passed over where an option of whoever runs the server is not set."""

import pytest
from linked import facts_of

from skillaudit.codeflows import Strength

PYTHON = """import os
from pathlib import Path
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("notes")
ROOT = Path(os.environ["NOTES"]) if "NOTES" in os.environ else None


def keep_inside(path: Path, root: Path | None) -> None:
    if {off}:
        return
    try:
        path.resolve().relative_to(root.resolve())
    except ValueError:
        raise ValueError("outside")


@mcp.tool()
def read(name: str, base: str) -> str:
    path = Path(name)
    keep_inside(path, {root})
    return path.read_text()
"""
SCRIPT = """import fs from "node:fs";
import path from "node:path";
import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";
const server = new McpServer({{ name: "notes", version: "1.0.0" }});
const root = process.env.NOTES;

function keepInside(name: string, root?: string): void {{
  if ({off}) return;
  if (!path.resolve(name).startsWith(path.resolve(root) + path.sep)) throw new Error("outside");
}}

server.tool("read", {{ name: z.string() }}, async ({{ name }}) => {{
  keepInside(name, root);
  return {{ content: [{{ type: "text", text: fs.readFileSync(path.resolve(name), "utf8") }}] }};
}});
"""


def _strengths(path: str, text: str) -> list[tuple[Strength, str]]:
    return [(flow.guarded.strength, flow.guarded.what) for flow in facts_of({path: text}).code_flows]


@pytest.mark.parametrize("off", ["root is None", "not root", "root == ''"])
def test_a_check_with_a_switch(off: str) -> None:
    text = PYTHON.format(off=off, root="ROOT")
    assert _strengths("server.py", text) == [(Strength.NAIVE, "it is passed over unless `root` is set")]


def test_a_check_with_a_switch_in_a_script() -> None:
    ((strength, what),) = _strengths("server.ts", SCRIPT.format(off="!root"))
    assert strength is Strength.NAIVE
    assert "unless `root` is set" in what


def test_no_check_where_nothing_sets_the_switch() -> None:
    text = PYTHON.format(off="root is None", root="None")
    assert [one for one, _ in _strengths("server.py", text)] == [Strength.NONE]


def test_no_check_where_the_caller_has_the_switch() -> None:
    assert [one for one, _ in _strengths("server.py", PYTHON.format(off="root is None", root="base"))] == [
        Strength.NONE
    ]


@pytest.mark.parametrize("off", ["root == '/srv'", "path is None", "root is not None"])
def test_what_else_lets_a_value_pass(off: str) -> None:
    strengths = [one for one, _ in _strengths("server.py", PYTHON.format(off=off, root="ROOT"))]
    assert strengths == [Strength.NONE]

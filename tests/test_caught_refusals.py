"""Refusals that are raised in what is handed over, and caught around the call that it is handed to."""

import pytest
from linked import facts_of

SERVER = """
import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";
const server = new McpServer({{ name: "shelf", version: "1" }});
function inside(name: string) {{
  if (name.startsWith("..")) throw new Error("path is outside of the root");
  return name;
}}
server.tool("lend", {{}}, async ({{ names }}) => {{
  try {{
    const held = {held};
    return {{ content: held }};
  }} catch (error) {{
    console.error("failed", error.message);
    return {{ isError: true, content: [] }};
  }}
}});
"""


@pytest.mark.parametrize(
    ("held", "recorded"),
    [
        ("await new Promise((done) => done(inside(names[0])))", True),
        ("names.map((name) => inside(name))", True),
        ("setTimeout(() => inside(names[0]), 10)", False),
    ],
)
def test_what_runs_within_the_call_is_caught_there(held: str, recorded: bool) -> None:  # noqa: FBT001 - a test's parameter
    facts = facts_of({"package.json": '{"name": "shelf"}', "src/a.ts": SERVER.format(held=held)})
    (refusal,) = facts.rejections
    assert bool(refusal.records) is recorded

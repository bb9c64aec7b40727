import pytest
from linked import facts_of

SERVER = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { think } from "./think.js";

const server = new McpServer({ name: "x", version: "1.0.0" });
server.tool("think", {}, async (args) => {
  GIVEN
});
"""
THINK = """
export function think(args) {
  try {
    console.error("thinking");
    return { content: work(args) };
  } catch (error) {
    return { content: [], isError: true };
  }
}
"""
GIVEN = [
    ("return think(args);", 1),
    ("const answer = think(args); if (answer.isError) return answer; return { content: answer.content };", 1),
    ("const answer = think(args); return { content: [] };", 0),
]


@pytest.mark.parametrize(("given", "caught"), GIVEN)
def test_error_handlers_of_what_a_tool_gives_back_are_its_own(given: str, caught: int) -> None:
    held = facts_of({"server.ts": SERVER.replace("GIVEN", given), "think.ts": THINK, "package.json": "{}"})
    assert len(held.error_handlers) == caught


DISPATCHED = """
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { CallToolRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { tools, run } from "./api.js";

const server = new Server({ name: "x", version: "1.0.0" }, { capabilities: { tools: {} } });
server.setRequestHandler(CallToolRequestSchema, async (request) => {
  try {
    return await run(request.params.name);
  } catch (error) {
    return { content: [] };
  }
});
"""


def test_the_error_handlers_of_a_dispatcher_are_found_at_its_place() -> None:
    """A tool that only a dispatcher runs is placed there or where it is described: both lead to its error handlers."""
    listed = 'export const tools = [{ name: "look", description: "Look", inputSchema: { type: "object" } }];'
    held = facts_of({"server.ts": DISPATCHED, "api.ts": listed, "package.json": "{}"})
    assert {tool.handler for tool in held.tools} <= {caught.tool for caught in held.error_handlers}
    assert held.tools

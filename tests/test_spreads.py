import pytest
from linked import facts_of

from skillaudit.facts import Nature

CONTEXT = """
const service = {
  make(params = {}) {
    const { parent, more, operation, ...rest } = params as Record<string, unknown>;
    const inherited = parent && typeof parent === "object" ? { ...parent } : {};
    const context = {
      ...inherited,
      ...rest,
      at: new Date().toISOString(),
      MORE,
      ...(operation ? { operation } : {}),
    };
    return context;
  },
};
export const contexts = service;
"""
SERVER = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import pino from "pino";
import { contexts } from "./contexts.js";

const logger = pino();
const server = new McpServer({ name: "x", version: "1.0.0" });
server.registerTool("look", {}, async (input, extra) => {
  const context = contexts.make({ operation: "look", more: { tool: "look", input } });
  logger.error({ WRITTEN }, "failed");
  return { content: [] };
});
"""
MORE = ["...more", "...(more ?? {})", '...(more && typeof more === "object" ? more : {})']


@pytest.mark.parametrize("more", MORE)
@pytest.mark.parametrize(
    ("written", "raw"),
    [
        ("...context", True),
        ("...context, toolName: 'look', error: 1", True),
        ("...context, input: '[hidden]'", False),
        ("...context, tool: 'look', input: Object.keys(input)", False),
    ],
)
def test_what_a_helper_spreads_stays_unless_it_is_set_again(more: str, written: str, raw: bool) -> None:  # noqa: FBT001
    """``{...context, key: …}`` holds all that the helper put into the context, but for that key."""
    files = {"contexts.ts": CONTEXT.replace("MORE", more), "server.ts": SERVER.replace("WRITTEN", written)}
    (call,) = facts_of({**files, "package.json": "{}"}).log_calls
    assert any(flow.nature is Nature.ARGUMENTS for flow in call.flows) is raw

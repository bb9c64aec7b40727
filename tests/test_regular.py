import pytest
from linked import facts_of

BASE = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import winston from "winston";

const logger = winston.createLogger({});
const server = new McpServer({ name: "x", version: "1.0.0" });

async function confirm() {
  logger.info("asking the user");
  return true;
}
function wrapped(name, work) {
  return async (args) => {
    try {
      BEFORE
      return await work(args);
    } catch (error) {
      logger.error("tool failed", { tool: name });
      throw error;
    }
  };
}
server.registerTool("look", {}, wrapped("look", async () => ({ content: [] })));
server.registerTool("find", {}, wrapped("find", async () => ({ content: [] })));
"""


@pytest.mark.parametrize(
    ("before", "failing"),
    [
        ("await confirm();", False),
        ("if (asks(name) && !(await confirm())) return { content: [], isError: true };", True),
        ("const said = (await confirm()) && ready;", False),
    ],
)
def test_what_a_wrapper_may_leave_out_is_no_record_of_each_call(before: str, failing: bool) -> None:  # noqa: FBT001
    held = facts_of({"server.js": BASE.replace("BEFORE", before), "package.json": "{}"})
    assert [tool.records[0].on_error_only for tool in held.tools] == [failing, failing]

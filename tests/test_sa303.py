import pytest
from linked import facts_of

from skillaudit.check import Finding
from skillaudit.checks.sa303 import sa303

SERVER = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
const server = new McpServer({ name: "x", version: "1.0.0" });
server.tool("look", {}, async ({ query }) => {
  console.error("looked", { query: SHOWN });
  return { content: [] };
});
"""


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("query", "verbatim"),
        ("query.substring(0, 100)", "written to the error log, cut to 100 characters"),
        ("query.slice(0, -1)", "nearly all of it"),
    ],
)
def test_how_much_of_an_argument_is_written_is_said(shown: str, said: str) -> None:
    held = facts_of({"server.ts": SERVER.replace("SHOWN", shown), "package.json": "{}"})
    (found,) = (one for one in sa303.run(held) if isinstance(one, Finding))
    assert found.message.endswith(said)


SOCKET = """
import { WebSocketServer } from "ws";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
const server = new McpServer({ name: "x", version: "1.0.0" });
server.tool("look", {}, async () => ({ content: [] }));
new WebSocketServer({ port: 1 }).on("connection", (ws) => {
  ws.on("message", (text) => console.error("told", { text }));
});
"""


def test_the_message_of_a_web_socket_is_not_called_json_rpc() -> None:
    (found,) = (one for one in sa303.run(facts_of({"s.ts": SOCKET, "package.json": "{}"})) if isinstance(one, Finding))
    assert found.message == "The message of a web socket is written to the error log"

"""Comparisons that prove a number, messages on web sockets, and programs whose streams are their answer."""

import pytest
from linked import facts_of

from skillaudit.facts import Nature, Sink

SERVER = """\
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";

const server = new McpServer({ name: "mini", version: "1.0.0" });
const rows = ["a"];
server.tool("go", {}, async ({ x }) => {
  %s
  return { content: [] };
});
"""
NUMBERS = [
    "if (typeof x === 'number') console.error(`v ${x}`);",
    "if (x > 0 && x < 10) console.error(`v ${x}`);",
    "if (rows.length > x) {\n    console.error(`v ${x}`);\n  }",
    "if (Number.isInteger(x)) console.error(`v ${x}`);",
    "if (!Number.isSafeInteger(x)) return { content: [] };\n  console.error(`v ${x}`);",
]
TEXTS = [
    "if (x > rows[0]) console.error(`v ${x}`);",
    "if (x > 5) return { content: [] };\n  console.error(`v ${x}`);",
    "if (x > 0 || rows.length) console.error(`v ${x}`);",
    "if (typeof x === 'string') console.error(`v ${x}`);",
]


def forged(body: str) -> bool:
    files = {"package.json": '{"name": "mini", "version": "1.0.0"}', "src/index.ts": SERVER % body}
    (call,) = facts_of(files).log_calls
    return any(flow.nature is Nature.ARGUMENT and not flow.escaped for flow in call.flows)


@pytest.mark.parametrize("body", NUMBERS)
def test_a_number_forges_no_line(body: str) -> None:
    assert not forged(body)


@pytest.mark.parametrize("body", TEXTS)
def test_a_text_may(body: str) -> None:
    assert forged(body)


@pytest.mark.parametrize(("name", "nature"), [("ws", Nature.REQUEST), ("transport", Nature.ARGUMENT)])
def test_a_message_on_a_web_socket_is_no_tool_argument(name: str, nature: Nature) -> None:
    source = f"""\
export function hear({name}) {{
  {name}.on("message", (message) => {{
    const data = JSON.parse(message.toString());
    console.log("Page:", data.url);
  }});
}}
"""
    (call,) = facts_of({"src/index.ts": source, "package.json": '{"name": "mini", "version": "1.0.0"}'}).log_calls
    assert [flow.nature for flow in call.flows] == [nature]


HOOK = """\
import json
import sys


def main():
    data = {read}
    print(f"blocked: {{data['file']}}", file=sys.stderr)
    {end}


main()
"""


@pytest.mark.parametrize(
    ("read", "end", "sink"),
    [
        ("json.load(sys.stdin)", "sys.exit(1)", Sink.CLIENT),
        ("json.loads(sys.stdin.read())", "sys.exit(1)", Sink.CLIENT),
        ("json.load(sys.stdin)", "return", Sink.STDERR),
        ("json.loads(sys.stdin.readline())", "sys.exit(1)", Sink.STDERR),
    ],
)
def test_a_program_that_answers_once_answers_on_its_streams(read: str, end: str, sink: Sink) -> None:
    (call,) = facts_of({"hook.py": HOOK.format(read=read, end=end)}).log_calls
    assert call.sink is sink

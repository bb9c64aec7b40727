"""What another MCP server answered: a dump as a whole, text of another's in its parts."""

import pytest
from linked import facts_of

from skillaudit.facts import Nature

PYTHON = """\
import logging
from mcp import ClientSession

log = logging.getLogger(__name__)


class Session(ClientSession):
    async def send_request(self, request):
        answered = await super().send_request(request)
        log.debug("answered", extra={"data": answered.model_dump()})
        return answered


async def call(session: ClientSession):
    result = await session.call_tool("go", {})
    log.info("done", extra={"v": %s})
"""
SCRIPT = """\
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
const client = new Client({ name: "desk", version: "1" });
const result = await client.callTool({ name: "go", arguments: {} });
console.error(JSON.stringify(%s));
"""


def reached(files: dict[str, str], line: str) -> list[Nature | None]:
    calls = [call for call in facts_of(files).log_calls if line in {call.message, ""}]
    return [flow.nature for call in calls for flow in call.flows]


@pytest.mark.parametrize(
    ("value", "natures"),
    [("result", [Nature.RESPONSE]), ("result.content", [Nature.UPSTREAM]), ("result is None", []), ("len(result)", [])],
)
def test_in_python(value: str, natures: list[Nature]) -> None:
    assert reached({"server.py": PYTHON % value}, "done") == natures


def test_through_a_session_of_the_projects_own() -> None:
    assert reached({"server.py": PYTHON % "None"}, "answered") == [Nature.RESPONSE]


@pytest.mark.parametrize(("value", "natures"), [("result", [Nature.RESPONSE]), ("result.content", [Nature.UPSTREAM])])
def test_in_typescript(value: str, natures: list[Nature]) -> None:
    assert reached({"package.json": '{"name": "desk"}', "server.ts": SCRIPT % value}, "") == natures

"""Values that were checked before they are logged: found in a closed set, matched, converted, or of a closed type."""

from functools import cache
from textwrap import indent

import pytest
from audits import linked
from linked import facts_of

from skillaudit.facts import Nature

PYTHON = """\
import logging
import re
import uuid
from dataclasses import dataclass
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("desk")
log = logging.getLogger(__name__)
KINDS = ("text", "image")
TABLE = {{"a": 1}}
SEEN = {{}}
WORD = re.compile(r"^[a-z]+$")


def known(value):
    return next((k for k in KINDS if k == value), None)


def check(value):
    if value not in KINDS:
        raise ValueError("unknown kind")


def judged(value):
    if value not in KINDS:
        return {{"ok": False, "status": "error"}}
    return {{"ok": True, "status": "success"}}


def complaint(value):
    if value not in KINDS:
        return "unknown kind"
    return None


def pair(value):
    if value in KINDS:
        return True, None
    return False, "unknown kind"


def say(value):
    log.info("said %s", value)


@mcp.tool()
def go(x: str, y: str, box: dict) -> str:
{body}
    return "gone"


mcp.run(transport="streamable-http")
"""
CLOSED = [
    "if x not in KINDS:\n    return\nlog.info('v %s', x)",
    "if x in TABLE:\n    log.info('v %s', x)",
    "if x == 'a' or x == 'b':\n    log.info('v %s', x)",
    "if not TABLE.get(x):\n    return\nlog.info('v %s', x)",
    "found = TABLE.get(x)\nif found is None:\n    raise ValueError\nlog.info('v %s', x)",
    "if not known(x):\n    return\nlog.info('v %s', x)",
    "check(x)\nlog.info('v %s', x)",
    "if not judged(x)['ok']:\n    return\nlog.info('v %s', x)",
    "if judged(x).get('status') != 'success':\n    return\nlog.info('v %s', x)",
    "problem = complaint(x)\nif problem:\n    return problem\nlog.info('v %s', x)",
    "ok, problem = pair(x)\nif not ok:\n    return problem\nlog.info('v %s', x)",
    "if not any(k == x for k in KINDS):\n    return\nlog.info('v %s', x)",
    "if not re.fullmatch(r'[a-z]+', x):\n    return\nlog.info('v %s', x)",
    "if not WORD.match(x):\n    return\nlog.info('v %s', x)",
    "if not x.isdigit():\n    return\nlog.info('v %s', x)",
    "uuid.UUID(x)\nlog.info('v %s', x)",
    "try:\n    int(x)\nexcept ValueError:\n    return\nlog.info('v %s', x)",
    "with open('f'):\n    if x not in KINDS:\n        return\nlog.info('v %s', x)",
    "z = x if x in KINDS else 'other'\nlog.info('v %s', z)",
    "if x.lower() in KINDS:\n    say(x)",
    "x = box.get('kind') or box.get('sort')\nif complaint(x):\n    return\nlog.info('v %s', x)",
    "if x not in KINDS:\n    return\ndef inner():\n    log.info('v %s', x)\ninner()",
]
OPEN = [
    "log.info('v %s', x)",
    "if x not in KINDS:\n    log.info('v %s', x)\n    return",
    "if x in KINDS:\n    return\nlog.info('v %s', x)",
    "if y not in KINDS:\n    return\nlog.info('v %s', x)",
    "if x in y:\n    log.info('v %s', x)",
    "if 'a' in x:\n    log.info('v %s', x)",
    "if x in KINDS or y in KINDS:\n    log.info('v %s', x)",
    "try:\n    int(x)\nexcept ValueError:\n    log.info('v %s', x)",
    "try:\n    check(x)\nexcept ValueError:\n    log.info('v %s', x)",
    "known(x)\nlog.info('v %s', x)",
    "if re.search(r'[a-z]+', x):\n    log.info('v %s', x)",
    "if re.match(r'^[^;]+$', x):\n    log.info('v %s', x)",
    "if x.split(':')[0] in KINDS:\n    log.info('v %s', x)",
    "if judged(x)['status'] == 'error':\n    log.info('v %s', x)",
    "if complaint(x):\n    log.info('v %s', x)",
    "if len(x) > 3:\n    log.info('v %s', x)",
    "if x:\n    log.info('v %s', x)",
    "x = box.get('kind') or y\nif complaint(x):\n    return\nlog.info('v %s', x)",
    "x = box.get('kind') or box.get('sort')\nif complaint(x):\n    log.info('v %s', x)",
    "if x in SEEN:\n    log.info('v %s', x)\nSEEN[x] = 1",
]


@cache
def _reaching() -> frozenset[str]:
    """The bodies whose arguments reach a record with its line breaks; all of them are linked as one program."""
    bodies = {f"server{number}.py": body for number, body in enumerate((*CLOSED, *OPEN))}
    files = {path: PYTHON.format(body=indent(body, "    ")) for path, body in bodies.items()}
    calls = linked(files).log_calls
    assert {call.location.path for call in calls} == set(files)
    return frozenset(
        bodies[call.location.path]
        for call in calls
        for f in call.flows
        if f.nature is Nature.ARGUMENT and not f.escaped
    )


@pytest.mark.parametrize("body", CLOSED)
def test_what_was_checked_forges_nothing(body: str) -> None:
    assert body not in _reaching()


@pytest.mark.parametrize("body", OPEN)
def test_what_was_not_checked_arrives(body: str) -> None:
    assert body in _reaching()


ROUTES = """
import express from "express";
import {{ SSEServerTransport }} from "@modelcontextprotocol/sdk/server/sse.js";
const app = express();
const open = new Map();
app.get("/sse", async (req, res) => {{
  const transport = new SSEServerTransport("/message", res);
  open.set({key}, transport);
}});
app.post("/message", async (req, res) => {{
  const id = req.query.session as string;
  const transport = open.get(id);
  if ({test}) {{
    console.error(`message from ${{id}}`);
  }}
}});
app.listen(3001);
"""


@pytest.mark.parametrize(
    ("key", "test", "said"),
    [
        ("transport.sessionId", "transport", set()),
        ("transport.sessionId", "open.has(id)", set()),
        ("transport.sessionId", "!transport", {Nature.REQUEST}),
        ("req.query.session", "transport", {Nature.REQUEST}),
    ],
)
def test_keys_of_a_map_that_the_server_fills(key: str, test: str, said: set[Nature]) -> None:
    facts = facts_of(
        {"package.json": '{"name": "open", "version": "1.0.0"}', "s.ts": ROUTES.format(key=key, test=test)}
    )
    assert {flow.nature for call in facts.log_calls for flow in call.flows} == said

"""Ways of Python that values and loggers take: neither names nor another function or file on the way matter."""

import re
from collections import Counter

import pytest
from audits import audit_tree

HEAD = """\
import asyncio
import logging
import os
from contextvars import ContextVar

from fastapi import Depends, FastAPI
from mcp.server.fastmcp import FastMCP
{imports}
mcp = FastMCP("desk")
web = FastAPI()
{helpers}
waiting = asyncio.Queue()
"""
HELPERS = """\
logger = logging.getLogger("desk")
current = ContextVar("current", default=logger)


def tell(sink, value):
    sink.info("value %s", value)


def hand_on(value):
    return value


def common(term: str = ""):
    return {"term": term}


def read_key():
    return os.environ["DESK_API_KEY"]


class Desk:
    def __init__(self, sink):
        self.sink = sink

    def keep(self, value):
        self.sink.info("kept %s", value)
        return value
"""
BODY = """
@web.get("/items/{heading}")
async def route(heading: str, shared: dict = Depends(common)):
    SINK(heading)
    SINK(shared["term"])
    return {}


@mcp.tool()
async def search(heading: str) -> str:
    await waiting.put({"heading": heading})
    secret = await asyncio.to_thread(read_key)
    SINK(secret)
    desk = Desk(logger)
    return desk.keep(heading)


async def worker():
    while True:
        job = await waiting.get()
        SINK(job["heading"])


mcp.run(transport="streamable-http")
"""
WAYS = {
    "direct": 'logger.info("value %s", X)',
    "handed in": "tell(logger, X)",
    "context": 'current.get().info("value %s", X)',
    "through": 'logger.info("value %s", hand_on(X))',
}
NEUTRAL = (
    "heading",
    "secret",
    "value",
    "tell",
    "hand_on",
    "logger",
    "sink",
    "current",
    "waiting",
    "job",
    "shared",
    "desk",
)
EXPECTED = Counter({"SA202": 4, "SA302": 1})


def _program(way: str, *, apart: bool, renamed: bool) -> dict[str, str]:
    body = re.sub(r"\bSINK\((.*)\)$", lambda m: way.replace("X", m[1]), BODY, flags=re.MULTILINE)
    names = "Desk, common, current, hand_on, logger, read_key, tell"
    files = {
        "server.py": HEAD.format(
            imports=f"from helpers import {names}\n" if apart else "", helpers="" if apart else HELPERS
        )
        + body,
        "helpers.py": f"import logging\nimport os\nfrom contextvars import ContextVar\n\n{HELPERS}" if apart else "",
    }
    if renamed:
        word = re.compile(r"(?<![./])\b(?:" + "|".join(NEUTRAL) + r")\b(?!\")|(?<=self\.)sink\b")
        names_of = {name: f"v{number}" for number, name in enumerate(NEUTRAL)}
        files = {path: word.sub(lambda m: names_of[m[0]], text) for path, text in files.items()}
        files = {path: text.replace("{heading}", "{v0}") for path, text in files.items()}
    return files


@pytest.mark.parametrize("renamed", [False, True], ids=["named", "renamed"])
@pytest.mark.parametrize("apart", [False, True], ids=["same file", "other file"])
@pytest.mark.parametrize("way", WAYS)
def test_the_way_does_not_matter(way: str, apart: bool, renamed: bool) -> None:  # noqa: FBT001 - pytest passes them so
    report = audit_tree(_program(WAYS[way], apart=apart, renamed=renamed))
    found = Counter(one.check.id for one in report.findings if one.check.id in {"SA202", "SA302", "SA303"})
    assert found == EXPECTED

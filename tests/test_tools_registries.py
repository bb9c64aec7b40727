"""Tools of Python servers that classes and other agents' kits bring along: registries, toolkits, specifications."""

import pytest
from linked import facts_of

from skillaudit.facts import Nature

_LOW = """
import mcp.types as types
from mcp.server.lowlevel import Server
from .base import Job
from . import jobs

class Desk:
    def __init__(self, shop):
        self._jobs = {name: made(shop) for name, made in sorted(Job.known.items())}

    def attach(self, server: Server):
        server.list_tools()(self.listed)
        server.call_tool()(self.called)

    async def listed(self):
        return [types.Tool(name=j.spec.name, description=j.spec.about, inputSchema={}) for j in self._jobs.values()]

    async def called(self, name, arguments):
        job = self._jobs.get(name)
        return [types.TextContent(type="text", text=await job.handle(arguments))]

Desk(None).attach(Server("desk"))
"""
_SPEC = "from dataclasses import dataclass\n\n@dataclass\nclass Spec:\n    name: str\n    about: str\n\n"
_HOOKED = """class Job:
    known = {}
    def __init_subclass__(cls, **more):
        super().__init_subclass__(**more)
        if hasattr(cls, "spec"):
            Job.known[cls.spec.name] = cls
    def __init__(self, shop):
        self.shop = shop
"""
_DECORATING = """class Job:
    known = {}
    def __init__(self, shop):
        self.shop = shop

def entered(key):
    def enter(cls):
        Job.known[key] = cls
        return cls
    return enter
"""
_JOBS = """
import os
from .base import Job, Spec{more}

{mark}class Sweep(Job):
    spec = Spec("sweep_floor", "Sweep")
    async def handle(self, arguments):
        os.remove(arguments["path"])
        return "swept"

{mark}class Count(Job):
    spec = Spec(name="count_stock", about="Count")
    async def handle(self, arguments):
        return str(len(os.listdir(arguments["path"])))
"""
_REGISTRIES = {
    "hook": {
        "desk/main.py": _LOW,
        "desk/base.py": _SPEC + _HOOKED,
        "desk/jobs.py": _JOBS.format(more="", mark=""),
    },
    "decorator": {
        "desk/main.py": _LOW,
        "desk/base.py": _SPEC + _DECORATING,
        "desk/jobs.py": _JOBS.format(more=", entered", mark="@entered('x')\n"),
    },
}


@pytest.mark.parametrize(("kind", "lines"), [("hook", (7, 13)), ("decorator", (8, 15))])
def test_classes_that_enter_themselves_are_tools(kind: str, lines: tuple[int, int]) -> None:
    facts = facts_of(_REGISTRIES[kind] | {"desk/__init__.py": ""})
    assert {(t.name, str(t.location).partition(":")[0], str(t.handler)) for t in facts.tools} == {
        ("sweep_floor", "desk/jobs.py", f"desk/jobs.py:{lines[0]}"),
        ("count_stock", "desk/jobs.py", f"desk/jobs.py:{lines[1]}"),
    }
    assert {t.name: [effect.value for effect in t.effects] for t in facts.tools} == {
        "sweep_floor": ["mutation"],
        "count_stock": ["retrieval"],
    }


_KIT = """
import logging
import os
from langchain_core.tools import BaseTool, BaseToolkit, tool
from llama_index.core.tools.tool_spec.base import BaseToolSpec
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("kit")
log = logging.getLogger(__name__)

class Weigh(BaseTool):
    name: str = "weigh_parcel"
    description: str = "Weigh"
    def _run(self, path: str) -> str:
        return open(path).read()

class Burn(BaseTool):
    name: str = "burn_parcel"
    description: str = "Burn"
    def _run(self, path: str) -> str:
        os.remove(path)
        return "gone"

@tool
def post(path: str) -> str:
    \"\"\"Post it.\"\"\"
    os.rename(path, "/sent")
    return "sent"

@tool("stamp_parcel")
def stamp(text: str) -> str:
    \"\"\"Stamp it.\"\"\"
    return text

class Kit(BaseToolkit):
    def get_tools(self):
        return [Weigh(), Burn()]

class Notes(BaseToolSpec):
    spec_functions = ["read_note", "drop_note"]
    def read_note(self, title: str) -> str:
        return open(title).read()
    def drop_note(self, title: str) -> None:
        os.remove(title)
    def helper(self) -> None:
        pass

def wrapped(one):
    async def call(**given):
        log.info("called with %s", given)
        return await one.ainvoke(given)
    return call

def add(server, tools):
    for one in tools:
        server.add_tool(wrapped(one), name=one.name, description=one.description)

def add_notes(server, notes):
    for name in notes.spec_functions:
        server.add_tool(getattr(notes, name), name=name)

add(mcp, Kit().get_tools())
add(mcp, [post, stamp])
add_notes(mcp, Notes())
"""


def test_other_kits_tools_keep_their_names_and_their_code() -> None:
    facts = facts_of({"kit.py": _KIT})
    assert {t.name: (str(t.handler), [effect.value for effect in t.effects]) for t in facts.tools} == {
        "weigh_parcel": ("kit.py:14", ["retrieval"]),
        "burn_parcel": ("kit.py:20", ["mutation"]),
        "post": ("kit.py:25", ["mutation"]),
        "stamp_parcel": ("kit.py:31", ["retrieval"]),
        "read_note": ("kit.py:41", ["retrieval"]),
        "drop_note": ("kit.py:43", ["mutation"]),
    }
    told = [flow.nature for call in facts.log_calls for flow in call.flows]
    assert told == [Nature.ARGUMENTS], "what stands in the tool's place gets what the client sent"


def test_a_loop_over_functions_and_hints_makes_a_tool_of_each() -> None:
    facts = facts_of(
        {
            "loop.py": """
import os
from fastmcp import FastMCP
from fastmcp.tools import Tool

async def keep(path: str): open(path, "w").write("x")
async def drop(path: str): os.remove(path)

mcp = FastMCP("loop")
for function, hints in ((keep, {"destructiveHint": False}), (drop, {"destructiveHint": True})):
    mcp.add_tool(Tool.from_function(function, annotations=hints))
"""
        }
    )
    assert {t.name: str(t.handler) for t in facts.tools} == {"keep": "loop.py:6", "drop": "loop.py:7"}


def test_methods_that_a_loop_finds_by_their_prefix_are_tools() -> None:
    facts = facts_of(
        {
            "desk.py": """
import os
import mcp.types as types
from mcp.server.lowlevel import Server

class Desk:
    def __init__(self):
        self.entries = {}
        for name in dir(self):
            if name.startswith("tool_"):
                method = getattr(self, name)
                short = name.removeprefix("tool_")
                self.entries[short] = (types.Tool(name=short, description=method.__doc__, inputSchema={}), method)

    async def tool_count(self, arguments):
        return str(len(os.listdir(arguments["path"])))

    async def tool_sweep(self, arguments):
        os.remove(arguments["path"])

    async def helper(self):
        return None

server = Server("desk")
desk = Desk()

@server.list_tools()
async def listed():
    return [tool for tool, _ in desk.entries.values()]

@server.call_tool()
async def called(name, arguments):
    return await desk.entries[name][1](arguments)
"""
        }
    )
    assert {t.name: (str(t.handler), [effect.value for effect in t.effects]) for t in facts.tools} == {
        "count": ("desk.py:15", ["retrieval"]),
        "sweep": ("desk.py:18", ["mutation"]),
    }

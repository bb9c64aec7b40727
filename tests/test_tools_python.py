"""Tools of Python servers: decorators, lists, objects, classes and what is only known at run time."""

import pytest
from linked import facts_of

from skillaudit.facts import Facts, Tool

_FAST = "from mcp.server.fastmcp import FastMCP\nfrom mcp.server.fastmcp.tools import Tool\nmcp = FastMCP('shelf')\n"
_SERVERS = {
    "named": _FAST
    + """
BORROW = "borrow_book"

@mcp.tool(name=BORROW, description="Borrow one")
def borrow(book: str): return lend(book)

@mcp.tool()
def list_books(): return books()
""",
    "listed": _FAST
    + """
def find(q): return search(q)
def weed(q): return remove(q)
TOOLS = [find, weed]
for tool in TOOLS:
    mcp.add_tool(tool)
for name, run in {"open_day": opened, "close_day": closed}.items():
    mcp.tool(name=name)(run)
def opened(): return 1
def closed(): return 2
FastMCP("other", tools=[Tool.from_function(fn=counted, name="count_all", annotations={"readOnlyHint": True})])
def counted(): return 3
""",
    "helper": _FAST
    + """
import logging
log = logging.getLogger(__name__)

def register(name, run):
    async def recorded(args):
        log.info("call %s", name)
        return await run(args)
    mcp.add_tool(recorded, name=name)

register("renew", renew)
register("reserve", reserve)
async def renew(args): return 1
async def reserve(args): return 2
""",
    "classes": """
from mcp.server import Server
from mcp.types import Tool

LIST, PAY = "list_loans", "pay_fine"
app = Server("shelf")

class Handler:
    def __init__(self, name): self.name = name
    def describe(self): return Tool(name=self.name, description="?", inputSchema={})

class Loans(Handler):
    def __init__(self): super().__init__(LIST)
    def run_tool(self, args): return loans(args)

class Fines(Handler):
    def __init__(self): super().__init__(PAY)
    def run_tool(self, args): return pay(args)

held = {one.name: one for one in [Loans(), Fines()]}

@app.call_tool()
async def call_tool(name, arguments):
    return held[name].run_tool(arguments)
""",
    "enumerated": """
from enum import Enum
from mcp.server import Server
from mcp.types import Tool
app = Server("clock")

class Names(str, Enum):
    NOW = "get_time"

@app.list_tools()
async def list_tools():
    return [Tool(name=Names.NOW.value, description="Now", inputSchema={})]

@app.call_tool()
async def call_tool(name, arguments):
    return now()
""",
    "client": _FAST
    + """
from mcp import types

@mcp.tool()
def borrow(book): return lend(book)

def offered():
    return [types.Tool(name="ask_a_human", description="For the model", inputSchema={})]
""",
    "generated": """
from mcp.server import Server
app = Server("proxy")

@app.list_tools()
async def list_tools(): return await upstream.list_tools()

@app.call_tool()
async def call_tool(name, arguments): return await upstream.call_tool(name, arguments)
""",
}


@pytest.fixture(scope="module")
def facts() -> Facts:
    files = {f"{name}/server.py": text for name, text in _SERVERS.items()}
    return facts_of(files | {f"{name}/pyproject.toml": f'[project]\nname = "{name}"\n' for name in _SERVERS})


def tools(facts: Facts, package: str) -> dict[str, Tool]:
    return {tool.name: tool for tool in facts.tools if tool.package == package}


def code(tool: Tool) -> str:
    return _SERVERS[tool.package].splitlines()[tool.handler.line - 1]


def test_decorator_takes_a_constant_for_the_name(facts: Facts) -> None:
    held = tools(facts, "named")
    assert sorted(held) == ["borrow_book", "list_books"]
    assert held["borrow_book"].description == "Borrow one"


def test_loops_pair_name_and_function(facts: Facts) -> None:
    held = tools(facts, "listed")
    assert sorted(held) == ["close_day", "count_all", "find", "open_day", "weed"]
    assert "def closed" in code(held["close_day"])
    assert "def opened" in code(held["open_day"])
    assert "def counted" in code(held["count_all"])


def test_helper_wraps_the_function_that_its_caller_gives(facts: Facts) -> None:
    held = tools(facts, "helper")
    assert "def renew" in code(held["renew"])
    assert "def reserve" in code(held["reserve"])
    assert [tool.records[0].on_error_only for tool in held.values()] == [False, False]


def test_name_given_to_the_base_constructor_belongs_to_the_heir(facts: Facts) -> None:
    held = tools(facts, "classes")
    assert sorted(held) == ["list_loans", "pay_fine"]
    assert "loans(args)" in code(held["list_loans"])
    assert "pay(args)" in code(held["pay_fine"])


def test_member_of_an_enumeration_is_a_name(facts: Facts) -> None:
    assert list(tools(facts, "enumerated")) == ["get_time"]


def test_definition_that_nobody_serves_is_a_clients(facts: Facts) -> None:
    assert list(tools(facts, "client")) == ["borrow"]


def test_tools_without_a_name_in_the_source_have_a_stand_in(facts: Facts) -> None:
    (tool,) = tools(facts, "generated").values()
    assert (tool.name, tool.effects, tool.records) == ("generated at run time", (), ())


_SPECS = """
from dataclasses import dataclass
from typing import Any, Awaitable, Callable

import mcp.types as types
from mcp.server.lowlevel import Server


@dataclass
class Spec:
    name: str
    description: str
    schema: dict[str, Any]
    handler: Callable[[dict[str, Any]], Awaitable[str]]


async def read(args: dict[str, Any]) -> str:
    return open(args["book"]).read()


async def weed(book: str) -> str:
    return open(book, "w").name


SPECS = [
    Spec("read_book", "Read a book", {"type": "object"}, read),
    Spec(name="weed_book", description="Throw a book away", schema={"type": "object"}, handler=weed),
]
HELD = {spec.name: spec for spec in SPECS}
server = Server("shelf")


@server.list_tools()
async def listed() -> list[types.Tool]:
    return [types.Tool(name=one.name, description=one.description, inputSchema=one.schema) for one in SPECS]


@server.call_tool()
async def called(name: str, arguments: dict[str, Any]) -> list[types.TextContent]:
    return [types.TextContent(type="text", text=await HELD[name].handler(arguments))]
"""


def test_dataclasses_hold_names_and_handlers() -> None:
    facts = facts_of({"server.py": _SPECS})
    assert {tool.name: tool.handler.line for tool in facts.tools} == {"read_book": 17, "weed_book": 21}
    assert {(flow.tools, flow.value) for flow in facts.code_flows} == {
        (("read_book",), "book"),
        (("weed_book",), "book"),
    }

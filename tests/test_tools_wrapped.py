"""Python tools that a project's own decorator, helper or base server registers."""

import pytest
from linked import facts_of

from skillaudit.facts import Facts, Nature, Tool

_FAST = """
import functools, logging
from mcp.server.fastmcp import FastMCP
mcp = FastMCP("shelf")
log = logging.getLogger()
"""
_FACTORY = """
def recorded(name=None, /, **options):
    def decorator(fn):
        tool_name = name or fn.__name__
        @functools.wraps(fn)
        async def wrapper(*args, **kwargs):
            log.info("called", extra={"tool": tool_name})
            return await fn(*args, **kwargs)
        return mcp.tool(name=tool_name, **options)(wrapper)
    return decorator

@recorded("borrow_book")
async def borrow(book: str): return lend(book)

@recorded()
async def weed(book: str): return remove(book)
"""
_PLAIN = """
def exposed(fn):
    @functools.wraps(fn)
    async def wrapper(*args, **kwargs):
        log.info("called")
        return await fn(*args, **kwargs)
    mcp.tool()(wrapper)
    return fn

@exposed
async def borrow_book(book: str): return lend(book)

@exposed
async def weed(book: str): return remove(book)
"""
_MARKED = """
def tool(description, *, risky=False):
    def mark(fn):
        fn.about = description
        return fn
    return mark

class Shelf:
    @tool("Lend a book")
    async def borrow_book(self, book: str): return lend(book)

    @tool("Take a book off the shelf", risky=True)
    async def weed(self, book: str): return remove(book)

    def attach(self):
        for name in dir(self):
            method = getattr(self, name)
            if hasattr(method, "about"):
                mcp.add_tool(self.observed(method), name=name, description=method.about)

    def observed(self, method):
        @functools.wraps(method)
        async def run(*args, **kwargs):
            log.info("called")
            return await method(*args, **kwargs)
        return run

Shelf().attach()
"""
_GIVEN = """
from fastmcp import FastMCP
import functools, logging
log = logging.getLogger()

class Desk:
    async def lend(self, book: str):
        log.info("lent")
        return book

async def weed(book: str):
    log.info("weeded")
    return book

desk = Desk()

def safe(fn):
    @functools.wraps(fn)
    async def wrapper(*args, **kwargs):
        return await fn(*args, **kwargs)
    return wrapper

class Server(FastMCP):
    def tool(self, fn, **options):
        return super().tool(safe(fn), **options)

mcp = FastMCP("shelf")
mcp.tool(desk.lend, name="borrow_book")
mcp.tool(weed)
"""
_MEMBERS = """
import functools, inspect, logging
from fastmcp import FastMCP
log = logging.getLogger()
mcp = FastMCP("shelf")

def recorded(method):
    @functools.wraps(method)
    async def inner(self, *args):
        log.info("called")
        return await method(self, *args)
    return inner

class Toolkit:
    def register(self, server):
        for name, member in inspect.getmembers(self, inspect.iscoroutinefunction):
            if not name.startswith("_"):
                server.tool(member)

class Shelf(Toolkit):
    @recorded
    async def borrow_book(self, book: str): return await self._find(book)

    @recorded
    async def weed(self, book: str): return remove(book)

    async def _find(self, book): return book

    def close(self): pass

Shelf().register(mcp)
"""
_NAMED = """
import logging
from mcp import types
from mcp.server import Server
logging.basicConfig(level=logging.INFO)
log = logging.getLogger()
server = Server("shelf")

class Shelf:
    async def do_borrow_book(self, arguments):
        log.info("lent")
        return arguments

    async def do_weed(self, arguments):
        log.info("weeded")
        return arguments

    async def run(self, name, arguments):
        method = getattr(self, f"do_{name}", None)
        if method is None:
            raise ValueError(name)
        return await method(arguments)

shelf = Shelf()

@server.list_tools()
async def listed():
    return [types.Tool(name=name, description="?", inputSchema={}) for name in ("borrow_book", "weed")]

@server.call_tool()
async def called(name, arguments):
    return await shelf.run(name, arguments)
"""
_BASE = """
import logging
from mcp import types
from mcp.server import Server
logging.basicConfig(level=logging.INFO)
log = logging.getLogger()

class BaseServer:
    def __init__(self):
        self.server = Server("shelf")
        self.tools = {}
        self.register()
        self.server.list_tools()(self.listed)
        self.server.call_tool()(self.called)

    def add_tool(self, name, fn, description, properties):
        self.tools[name] = (types.Tool(name=name, description=description, inputSchema=properties), fn)

    async def listed(self):
        return [tool for tool, _ in self.tools.values()]

    async def called(self, name, arguments):
        _, fn = self.tools[name]
        log.info("called")
        return await fn(**arguments)
"""
_HEIR = """
from base.server import BaseServer

class Shelf(BaseServer):
    def register(self):
        self.add_tool("borrow_book", self.lend, "Lend", {})
        for name, fn, about in [("weed", self.remove, "Remove")]:
            self.add_tool(name, fn, about, {})

    async def lend(self, book): return book
    async def remove(self, book): return book
"""
_MANIFEST = '[project]\nname = "{}"\nversion = "1"\ndependencies = ["mcp"]\n'
_SERVERS = {
    "factory": {"server.py": _FAST + _FACTORY},
    "plain": {"server.py": _FAST + _PLAIN},
    "marked": {"server.py": _FAST + _MARKED},
    "given": {"server.py": _GIVEN},
    "members": {"server.py": _MEMBERS},
    "named": {"server.py": _NAMED},
    "base": {
        "packages/base/pyproject.toml": _MANIFEST.format("base"),
        "packages/base/src/base/__init__.py": "",
        "packages/base/src/base/server.py": _BASE,
        "packages/shelf/pyproject.toml": _MANIFEST.format("shelf"),
        "packages/shelf/src/shelf/__init__.py": _HEIR,
    },
}


@pytest.fixture(scope="module")
def held() -> dict[str, Facts]:
    """Each server, linked once."""
    return {name: facts_of(files) for name, files in _SERVERS.items()}


def _tools(facts: Facts) -> dict[str, Tool]:
    return {tool.name: tool for tool in facts.tools}


@pytest.mark.parametrize("name", list(_SERVERS))
def test_each_function_is_a_tool_by_its_name(held: dict[str, Facts], name: str) -> None:
    """The name is the one given, else the function's; no wrapper is a tool."""
    assert set(_tools(held[name])) == {"borrow_book", "weed"}


@pytest.mark.parametrize("name", list(_SERVERS))
def test_what_stands_around_each_records_it(held: dict[str, Facts], name: str) -> None:
    """The record of the wrapper, or of the base server's dispatcher in another package."""
    assert all(tool.resolved and tool.records for tool in held[name].tools)


@pytest.mark.parametrize("name", list(_SERVERS))
def test_the_handler_is_the_function_itself(held: dict[str, Facts], name: str) -> None:
    """Not the wrapper that is registered in its place."""
    handlers = [tool.handler.line for tool in held[name].tools]
    assert len(set(handlers)) == len(handlers)


def test_the_wrapper_that_is_registered_gets_the_arguments() -> None:
    """It stands in the handler's place, so what it writes of its keywords is what the client sent."""
    text = _FAST + _FACTORY.replace('extra={"tool": tool_name}', 'extra={"kwargs": kwargs}')
    [call] = facts_of({"server.py": text}).log_calls
    assert {flow.nature for flow in call.flows} == {Nature.ARGUMENTS}


def test_a_mark_may_describe_the_tool(held: dict[str, Facts]) -> None:
    """What a project's own decorator takes first is its description, not its name."""
    assert _tools(held["marked"])["borrow_book"].description == "Lend a book"

"""Python servers that answer the protocol's messages without an SDK."""

import pytest
from linked import facts_of

from skillaudit.facts import Facts, Nature, Tool

_ANSWER = '{"protocolVersion": "2025-03-26", "capabilities": {"tools": {}}, "serverInfo": {"name": "shelf"}}'
_ROWS = f"""
import json, logging
from aiohttp import web
logging.basicConfig(level=logging.INFO)
log = logging.getLogger("shelf")

async def lend(db, book: str): return db.lend(book)
async def remove(db, book: str): return db.remove(book)

TOOLS = [("borrow_book", "Lend a book", lend), ("weed", "Remove a book", remove)]

async def handle(request):
    message = await request.json()
    method = message["method"]
    if method == "initialize":
        log.info("a client came")
        return web.json_response({_ANSWER})
    if method == "tools/list":
        listed = [{{"name": name, "description": about, "inputSchema": {{}}}} for name, about, _ in TOOLS]
        return web.json_response({{"tools": listed}})
    if method == "tools/call":
        return web.json_response(await call(request.app["db"], message["params"]))

async def call(db, params):
    for name, _, run in TOOLS:
        if name == params["name"]:
            value = await run(db, **params["arguments"])
            log.info("called", extra={{"tool": name}})
            return value

app = web.Application()
app.router.add_post("/mcp", handle)
"""
_OBJECTS = f"""
import logging
from flask import Flask, jsonify, request
logging.basicConfig(level=logging.INFO)
log = logging.getLogger("shelf")
app = Flask(__name__)

class Tool:
    name = ""
    def run(self, **kwargs): raise NotImplementedError

class Borrow(Tool):
    name = "borrow_book"
    def run(self, book: str) -> str: return book

class Weed(Tool):
    name = "weed"
    def run(self, book: str) -> str: return book

TOOLS = {{cls.name: cls() for cls in (Borrow, Weed)}}

def opened(params): return {_ANSWER}
def listed(params): return {{"tools": [{{"name": n, "inputSchema": t.schema}} for n, t in TOOLS.items()]}}

def called(params):
    tool = TOOLS.get(params["name"])
    text = tool.run(**params["arguments"])
    log.info("called", extra={{"tool": params["name"]}})
    return text

METHODS = {{"initialize": opened, "tools/list": listed, "tools/call": called}}

@app.post("/mcp")
def endpoint():
    body = request.get_json()
    return jsonify(METHODS[body["method"]](body["params"]))
"""
_LINES = f"""
import json, logging, sys
logging.basicConfig(level=logging.INFO, stream=sys.stderr)
log = logging.getLogger("shelf")

def lend(book): return book
def remove(book): return book

HANDLERS = {{"borrow_book": lend, "weed": remove}}
TOOLS = [
    {{"name": "borrow_book", "description": "Lend", "inputSchema": {{}}}},
    {{"name": "weed", "description": "Remove", "inputSchema": {{}}}},
]

def handle(message):
    method = message.get("method")
    params = message.get("params", {{}})
    if method == "initialize":
        return {_ANSWER}
    elif method == "tools/list":
        return {{"tools": TOOLS}}
    elif method == "tools/call":
        log.info("called %s", params["name"])
        return HANDLERS[params["name"]](**params["arguments"])

def main():
    for line in sys.stdin:
        message = json.loads(line)
        answer = {{"jsonrpc": "2.0", "id": message["id"], "result": handle(message)}}
        print(json.dumps(answer), flush=True)

if __name__ == "__main__":
    main()
"""
_METHODS = (
    _LINES.replace("TOOLS = [", "UNUSED = [")
    .replace('"name":', '"title":')
    .replace(
        "def handle(",
        """class Shelf:
    def tool_borrow_book(self, book):
        return book

    def tool_weed(self, book):
        return book

shelf = Shelf()

def handle(""",
    )
    .replace("TOOLS}", "[]}")
    .replace('HANDLERS[params["name"]](', 'getattr(shelf, "tool_" + params["name"])(')
)
_SERVERS = {"methods": _METHODS, "rows": _ROWS, "objects": _OBJECTS, "lines": _LINES}


@pytest.fixture(scope="module")
def held() -> dict[str, Facts]:
    """Each server, linked once."""
    return {name: facts_of({"server.py": text}) for name, text in _SERVERS.items()}


def _tools(facts: Facts) -> dict[str, Tool]:
    return {tool.name: tool for tool in facts.tools}


@pytest.mark.parametrize("name", list(_SERVERS))
def test_tools_with_their_code(held: dict[str, Facts], name: str) -> None:
    """By the entries of ``tools/list`` or the objects that are run."""
    tools = _tools(held[name])
    assert set(tools) == {"borrow_book", "weed"}
    assert tools["borrow_book"].handler != tools["weed"].handler


@pytest.mark.parametrize("name", list(_SERVERS))
def test_only_what_a_call_passes_records_it(held: dict[str, Facts], name: str) -> None:
    """What is recorded when a client comes tells of no tool's call."""
    messages = {call.location: call.message for call in held[name].log_calls}
    for tool in held[name].tools:
        assert {messages[record.location].partition(" ")[0] for record in tool.records} == {"called"}


@pytest.mark.parametrize(
    ("name", "kind"), [("rows", "http"), ("objects", "http"), ("lines", "stdio"), ("methods", "stdio")]
)
def test_transport(held: dict[str, Facts], name: str, kind: str) -> None:
    """A web framework, or the loop over the standard input."""
    assert {transport.kind for transport in held[name].transports} == {kind}


def test_what_the_dispatcher_hands_over_itself_is_not_the_client_s() -> None:
    """The database and the caller's name: a client that sends them too is an error."""
    text = _ROWS.replace("(db, book: str)", "(db, book: str, caller='')").replace(
        "run(db, **", "run(db, caller=db.who, **"
    )
    text = text.replace("return db.lend(book)", "log.info('%s %s', caller, book); return book")
    [call] = [call for call in facts_of({"server.py": text}).log_calls if call.message == "%s %s"]
    assert {flow.name for flow in call.flows if flow.nature is Nature.ARGUMENT} == {"book"}


def test_answers_on_the_standard_output_are_the_protocol(held: dict[str, Facts]) -> None:
    """What a server without an SDK prints as JSON is its answer; anything else breaks the stream."""
    assert not held["lines"].stdout_writes
    broken = _LINES.replace("def lend(book): return book", "def lend(book):\n    print('lending')\n    return book")
    assert len(facts_of({"server.py": broken}).stdout_writes) == 1


def test_a_client_that_names_the_methods_serves_nothing() -> None:
    """It sends them, and says ``clientInfo``."""
    text = _LINES.replace("serverInfo", "clientInfo")
    assert not facts_of({"server.py": text}).transports

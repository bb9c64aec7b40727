"""Tools that a server makes from an OpenAPI document."""

import json

import pytest
from linked import facts_of

from skillaudit.facts import Facts, Tool


def _document(*operations: tuple[str, str, str], **more: object) -> str:
    paths: dict[str, dict[str, object]] = {}
    for method, path, name in operations:
        held = {"summary": f"Do {name}", **({"operationId": name} if name else {}), **more}
        paths.setdefault(path, {})[method] = held
    return json.dumps({"openapi": "3.1.0", "info": {"title": "Library", "version": "1"}, "paths": paths}, indent=1)


_LIBRARY = _document(
    ("get", "/books/{id}", "get-book"),
    ("post", "/books", "create-book"),
    ("post", "/books/search", "search-books"),
    ("delete", "/books/{id}", "remove-book"),
)
_PACKAGE = '{"name": "library", "dependencies": {"@modelcontextprotocol/sdk": "1"}}'
_SERVER = """
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import fs from "node:fs";
import path from "node:path";

const server = new Server({}, {});
const api = JSON.parse(fs.readFileSync(path.join(__dirname, "..", "api", "library.json"), "utf-8"));
const table = {};
for (const [route, item] of Object.entries(api.paths)) {
  for (const [method, operation] of Object.entries(item)) table[operation.operationId] = { route, method };
}
NAMING
server.setRequestHandler(ListToolsRequestSchema, async () => ({
  tools: Object.entries(table).map(([id, operation]) => (
    { name: NAME, description: operation.summary, inputSchema: {} }
  )),
}));
server.setRequestHandler(CallToolRequestSchema, async (request) => {
  console.error("called", request.params.name);
  return fetch(table[request.params.name].route);
});
"""
_NAMES = {
    "id": ("", "id", "get-book"),
    "prefix": ('const PREFIX = "lib";', "`${PREFIX}_${id}`", "lib_get-book"),
    "replaced": ("", 'id.replace(/[^a-z]/g, "_")', "get_book"),
    "once": ("", 'id.replace("-", "").toUpperCase()', "GETBOOK"),
    "cut": ("", "`books.${id}`.slice(0, 10)", "books.get-"),
    "method and id": ("", "`${operation.method}-${operation.operationId}`", "get-get-book"),
    "helper": (
        "function short(text) { if (text.length <= 6) return text; return text.substring(0, 6); }",
        "short(id)",
        "get-bo",
    ),
}


def _server(naming: str = "", name: str = "id") -> str:
    return _SERVER.replace("NAMING", naming).replace("NAME", name)


def _script(source: str, **documents: str) -> Facts:
    held = {path.replace("__", "/") + ".json": text for path, text in documents.items()}
    return facts_of({"package.json": _PACKAGE, "src/index.ts": source, **held})


def _named(facts: Facts) -> dict[str, Tool]:
    return {tool.name: tool for tool in facts.tools}


@pytest.mark.parametrize("case", _NAMES)
def test_the_tool_list_names_the_operations_of_the_document_that_is_read(case: str) -> None:
    naming, name, expected = _NAMES[case]
    tools = _named(_script(_server(naming, name), api__library=_LIBRARY, other__api=_document(("get", "/x", "other"))))
    assert expected in tools
    assert len(tools) == (4 if case != "cut" else len(tools))
    assert tools[expected].style == "OpenAPI document"


def test_the_key_of_a_table_that_is_a_constant_is_part_of_the_name() -> None:
    source = _server('const LIB = "lib"; const groups = { [LIB]: 1 };', "`${group}-${id}`")
    source = source.replace(
        "tools: Object.entries(table).map(([id, operation]) => (",
        "tools: Object.entries(groups).flatMap(([group]) => Object.entries(table).map(([id, operation]) => (",
    )
    tools = _named(_script(source.replace("  )),\n}));", "  ))),\n}));"), api__library=_LIBRARY))
    assert "lib-get-book" in tools


def test_a_tool_of_a_document_stands_where_its_operation_does_and_runs_in_the_dispatcher() -> None:
    tools = _named(_script(_server(), api__library=_LIBRARY))
    held = tools["create-book"]
    assert str(held.location) == f"api/library.json:{_line(_LIBRARY, 'create-book')}"
    assert held.handler.path == "src/index.ts"
    assert held.resolved
    assert held.description == "Do create-book"
    assert [record.mechanism for record in held.records] == ["dispatcher"]
    assert held.pinned.schema
    assert held.pinned.description


def _line(text: str, needle: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if f'"operationId": "{needle}"' in line)


def test_the_method_says_what_a_tool_does() -> None:
    tools = _named(_script(_server(), api__library=_LIBRARY))
    assert {name: tuple(tool.effects) for name, tool in tools.items()} == {
        "get-book": ("retrieval", "external"),
        "create-book": ("mutation", "external"),
        "search-books": ("retrieval", "external"),
        "remove-book": ("mutation", "external"),
    }


def test_the_only_document_of_a_package_is_taken_and_named_so() -> None:
    source = _server().replace('path.join(__dirname, "..", "api", "library.json")', "process.argv[2]")
    tools = _named(_script(source, api__library=_LIBRARY))
    assert {tool.style for tool in tools.values()} == {"OpenAPI document (the only one)"}
    assert len(tools) == 4


@pytest.mark.parametrize(
    ("documents", "name"),
    [
        ({}, "id"),
        ({"api__a": _LIBRARY, "api__b": _document(("get", "/x", "other"))}, "id"),
        ({"docs__library": _LIBRARY}, "id"),
        ({"api__library": _LIBRARY}, "`${process.env.SHELF}-${id}`"),
        ({"api__library": '{"openapi": "3.1.0", "paths": ' + "[" * 400}, "id"),
        ({"api__library": '{"openapi": "3.1.0", "paths": {"/x": "' + "x" * (600 << 10) + '"}}'}, "id"),
    ],
    ids=["none", "several", "documentation", "name at run time", "too deep", "too large"],
)
def test_where_document_or_names_are_not_known_one_tool_stands_for_all(documents: dict[str, str], name: str) -> None:
    source = _server(name=name)
    if "api__library" not in documents:
        source = source.replace('path.join(__dirname, "..", "api", "library.json")', "process.argv[2]")
    facts = _script(source, **documents)
    assert [tool.name for tool in facts.tools] == ["generated at run time"]


_LOOP = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import api from "../api/library.json" with { type: "json" };

const server = new McpServer({ name: "library" });
STATIC
for (const [route, item] of Object.entries(api.paths)) {
  for (const [method, operation] of Object.entries(item)) {
    server.registerTool(`lib_${operation.operationId}`, { description: operation.summary }, async (args) => {
      console.error("called", route);
      return fetch(route, { method, body: JSON.stringify(args) });
    });
  }
}
"""
_LISTED = """
import json, logging, re
import mcp.types as types
from mcp.server import Server

log = logging.getLogger(__name__)
server = Server("library")
with open("library.json") as file:
    spec = json.load(file)


def plain(text):
    return re.sub(r"[^a-zA-Z0-9]", "_", text)[:9]


@server.list_tools()
async def listed() -> list[types.Tool]:
    return [
        types.Tool(name=plain(op.get("operationId", f"{method}_{path}")), description=op["summary"], inputSchema={})
        for path, item in spec["paths"].items()
        for method, op in item.items()
    ]


@server.call_tool()
async def called(name, arguments):
    log.warning("called %s", name)
    return await send(name, arguments)
"""


@pytest.mark.parametrize("more", ["", 'server.registerTool("about", {}, async () => "a library");'])
def test_a_loop_over_the_operations_registers_each_with_its_handler(more: str) -> None:
    tools = _named(_script(_LOOP.replace("STATIC", more), api__library=_LIBRARY))
    held = tools["lib_get-book"]
    assert len(tools) == 4 + bool(more)
    assert held.handler.line == held.records[0].location.line - 1
    assert [record.mechanism for record in held.records] == ["handler"]
    assert tuple(held.effects) == ("retrieval", "external")


def test_a_python_tool_list_is_read_in_the_same_way() -> None:
    tools = _named(facts_of({"server.py": _LISTED, "library.json": _LIBRARY}))
    assert tools.keys() == {"get_book", "create_bo", "search_bo", "remove_bo"}
    assert {record.mechanism for tool in tools.values() for record in tool.records} == {"dispatcher"}


_REFERRING = """
openapi: 3.0.0
paths:
  /books:
    get:
      operationId: listBooks
      parameters: [{$ref: "#/components/parameters/WHICH"}]
components:
  parameters:
    limit: {name: limit, in: query, schema: {type: TYPE}}
    tree: {name: tree, in: query, schema: {$ref: "#/components/schemas/Node"}}
  schemas:
    Node: {type: object, properties: {below: {$ref: "#/components/schemas/Node"}}}
"""


def _pinned(which: str, kind: str = "integer") -> tuple[str, str]:
    document = _REFERRING.replace("WHICH", which).replace("TYPE", kind)
    source = _PYTHON.replace("library.json", "library.yaml").replace("MORE", "")
    (tool,) = facts_of({"server.py": source, "library.yaml": document}).tools
    return tool.pinned.schema, tool.pinned.partial


def test_what_a_schema_refers_to_inside_its_document_is_pinned_with_it() -> None:
    assert _pinned("limit") != _pinned("limit", "string")
    assert _pinned("tree")[1] == ""
    assert "its document refers to others" in _pinned("missing")[1]


# --- FastMCP

_PYTHON = """
import json
from pathlib import Path

import httpx
from fastmcp import FastMCP
from fastmcp.server.openapi import MCPType, RouteMap

spec = json.loads((Path(__file__).parent / "library.json").read_text())
mcp = FastMCP.from_openapi(openapi_spec=spec, client=httpx.AsyncClient(base_url="https://x.test")MORE)

if __name__ == "__main__":
    mcp.run()
"""
_LONG = "list_" + "very_" * 12 + "long"
_SHELVES = _document(
    ("get", "/books/{id}", "get_book_books__id__get"),
    ("post", "/books", "create-book"),
    ("post", "/copies", "create.book"),
    ("get", "/shelves", ""),
    ("get", "/long", _LONG),
    ("get", "/admin/users", "users"),
    tags=["library"],
)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("", {"get_book_books", "create_book", "create_book_2", "Do", _LONG[:56], "users"}),
        (', mcp_names={"users": "list readers"}', {"list_readers"}),
        (', route_maps=[RouteMap(pattern=r"^/admin/.*", mcp_type=MCPType.EXCLUDE)]', {"create_book"}),
        (', route_maps=[RouteMap(methods=["GET"], mcp_type=MCPType.RESOURCE)]', {"create_book", "create_book_2"}),
    ],
)
def test_fastmcp_names_operations_in_its_own_way(more: str, expected: set[str]) -> None:
    facts = facts_of(
        {
            "pyproject.toml": "[project]\nname='x'\n",
            "server.py": _PYTHON.replace("MORE", more),
            "library.json": _SHELVES,
        }
    )
    tools = _named(facts)
    assert expected <= tools.keys()
    assert ("users" in tools) == ("users" in expected)
    assert all(tool.resolved and tool.handler.path == "server.py" for tool in tools.values())
    assert [transport.kind for transport in facts.transports] == ["stdio"]


@pytest.mark.parametrize(
    "more", [", route_map_fn=decide", ', route_maps=[RouteMap(pattern=r"(a+)+$", mcp_type=MCPType.EXCLUDE)]']
)
def test_rules_that_cannot_be_read_leave_one_tool_for_all(more: str) -> None:
    facts = facts_of({"server.py": _PYTHON.replace("MORE", more), "library.json": _SHELVES})
    assert [tool.name for tool in facts.tools] == ["generated at run time"]


def test_a_remote_document_is_not_the_one_in_the_tree() -> None:
    remote = 'httpx.get("https://x.test/library.json").json()'
    source = _PYTHON.replace('json.loads((Path(__file__).parent / "library.json").read_text())', remote)
    facts = facts_of({"server.py": source.replace("MORE", ""), "library.json": _SHELVES})
    assert [tool.name for tool in facts.tools] == ["generated at run time"]


def test_a_yaml_document_of_swagger_2_is_read_and_its_references_followed() -> None:
    document = """swagger: "2.0"
info: {title: Library, version: "1"}
paths:
  /books:
    $ref: "#/x-items/books"
x-items:
  books:
    get:
      operationId: listBooks
      description: |
        All books.

        And more.
"""
    source = _PYTHON.replace("library.json", "library.yaml").replace("MORE", "")
    (tool,) = facts_of({"server.py": source, "library.yaml": document}).tools
    assert (tool.name, str(tool.location), tool.description) == ("listBooks", "library.yaml:9", "All books.")

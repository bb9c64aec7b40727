"""Tools of TypeScript servers: in helpers, loops, classes, wrappers and behind dispatchers."""

import pytest
from linked import facts_of

from skillaudit.facts import Facts, Tool

_SERVER = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\nconst server = new McpServer({});\n'
_SERVERS = {
    "helper": _SERVER
    + """
function register(name: string, config, handler) {
  server.registerTool(name, config, async (args) => {
    try { return await handler(args); } catch (error) { console.error("failed", name); throw error; }
  });
}
register("borrow", { description: "Borrow a book", annotations: { readOnlyHint: false } }, async (args) => lend(args));
register("renew", { description: "Renew a loan" }, async function renewLoan(args) { return prolong(args); });
""",
    "loop": _SERVER
    + """
const shelf = { name: "list_shelves", description: "Shelves", cb: async () => shelves() };
const more = [{ name: "add_shelf", description: "Add", cb: async (args) => add(args) }];
const all = [shelf, ...more];
for (const tool of all) server.registerTool(tool.name, { description: tool.description }, tool.cb);
[{ name: "drop_shelf", run: async (args) => drop(args) }].forEach(({ name, run }) => server.tool(name, {}, run));
const table = { find_book: findBook, read_book: readBook };
for (const [name, fn] of Object.entries(table)) server.tool(name, {}, fn);
async function findBook(args) { return search(args); }
async function readBook(args) { return open(args); }
""",
    "classes": _SERVER
    + """
abstract class Entry {
  constructor(protected readonly label: string) {}
  register(to: McpServer) { to.registerTool(this.label, { description: this.about }, (args) => this.serve(args)); }
  abstract serve(args): Promise<unknown>;
}
class Loans extends Entry {
  about = "Loans"; constructor() { super("list_loans"); } async serve(args) { return loans(args); } }
class Fines extends Entry {
  about = "Fines"; constructor() { super("pay_fine"); } async serve(args) { return pay(args); } }
for (const one of [new Loans(), new Fines()]) one.register(server);
""",
    "keyed": """
import { serve, injectableTool } from "some-tools";
export const tools = {
  count_books: injectableTool({ description: "Count", parameters: shape, execute: async (args) => count(args) }),
};
serve(tools);
""",
    "listing": """
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { CallToolRequestSchema } from "@modelcontextprotocol/sdk/types.js";
function serve(options) {
  const server = new Server({}, {});
  server.setRequestHandler(CallToolRequestSchema, async (request) => {
    return options.tools[request.params.name].execute(request);
  });
  return Object.entries(options.tools).map(([name, { description, shape }]) => {
    return { name, description, inputSchema: shape };
  });
}
serve({ tools: {
  count_books: { description: "Count", shape, execute: count },
  count_loans: { description: "Count", shape, execute: count },
} });
""",
    "proxy": """
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
const server = new Server({}, {});
server.setRequestHandler(ListToolsRequestSchema, async () => ({ tools: await upstream.listTools() }));
server.setRequestHandler(CallToolRequestSchema, async (request) => {
  console.error("call", request.params.name);
  return upstream.callTool(request.params);
});
""",
    "table": """
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { CallToolRequestSchema } from "@modelcontextprotocol/sdk/types.js";
const server = new Server({}, {});
const handlers = { weed: weedShelf };
export const tools = [{ name: "weed", description: "Remove", inputSchema: {} }];
async function weedShelf(args) { console.error("weeding"); return remove(args); }
server.setRequestHandler(CallToolRequestSchema, async (request) => {
  return handlers[request.params.name](request.params.arguments);
});
""",
    "switch": """
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { CallToolRequestSchema } from "@modelcontextprotocol/sdk/types.js";
const server = new Server({}, {});
const verbose = process.argv.includes("--verbose");
export const tools = [
  { name: "loud", description: "L", inputSchema: {} },
  { name: "quiet", description: "Q", inputSchema: {} },
];
function always(text) { console.error(text); }
function sometimes(text) { if (verbose) { always(text); } }
server.setRequestHandler(CallToolRequestSchema, async (request) => {
  sometimes("called");
  switch (request.params.name) {
    case "loud": always("loud"); return shout();
    case "quiet": return whisper();
  }
});
""",
}


@pytest.fixture(scope="module")
def facts() -> Facts:
    files = {f"{name}/src/index.ts": text for name, text in _SERVERS.items()}
    files |= {f"{name}/package.json": f'{{"name": "{name}"}}' for name in _SERVERS}
    files["helper/tests/index.test.ts"] = _SERVER + 'server.tool("only_in_tests", {}, async () => 1);\n'
    return facts_of(files)


def tools(facts: Facts, package: str) -> dict[str, Tool]:
    return {tool.name: tool for tool in facts.tools if tool.package == package and tool.surface.counts}


def code(tool: Tool) -> str:
    return _SERVERS[tool.package].splitlines()[tool.handler.line - 1]


def test_helper_registers_what_each_call_names_with_the_handler_of_that_call(facts: Facts) -> None:
    held = tools(facts, "helper")
    assert sorted(held) == ["borrow", "renew"]
    assert "lend(args)" in code(held["borrow"])
    assert "prolong(args)" in code(held["renew"])
    assert held["borrow"].description == "Borrow a book"


def test_record_of_the_helper_around_a_handler_is_the_tools(facts: Facts) -> None:
    for tool in tools(facts, "helper").values():
        assert [record.on_error_only for record in tool.records] == [True]


def test_tool_of_a_test_is_not_production(facts: Facts) -> None:
    assert [tool.surface.value for tool in facts.tools if tool.name == "only_in_tests"] == ["test"]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("list_shelves", "shelves()"),
        ("add_shelf", "add(args)"),
        ("drop_shelf", "drop(args)"),
        ("find_book", "search(args)"),
        ("read_book", "open(args)"),
    ],
)
def test_loop_pairs_name_and_handler_of_one_element(facts: Facts, name: str, body: str) -> None:
    held = tools(facts, "loop")
    assert len(held) == 5
    assert body in code(held[name])


def test_base_class_registers_each_heir_with_its_own_method(facts: Facts) -> None:
    held = tools(facts, "classes")
    assert sorted(held) == ["list_loans", "pay_fine"]
    assert "loans(args)" in code(held["list_loans"])
    assert "pay(args)" in code(held["pay_fine"])


def test_key_of_the_property_names_the_tool(facts: Facts) -> None:
    assert "count(args)" in code(tools(facts, "keyed")["count_books"])


def test_names_in_a_listing_come_from_what_the_library_was_given(facts: Facts) -> None:
    held = tools(facts, "listing")
    assert sorted(held) == ["count_books", "count_loans"]
    assert {tool.location.line for tool in held.values()} == {14, 15}


def test_tools_listed_at_run_time_are_one_stand_in_with_the_dispatchers_records(facts: Facts) -> None:
    held = tools(facts, "proxy")
    assert list(held) == ["generated at run time"]
    assert held["generated at run time"].effects == ()
    assert [record.mechanism for record in held["generated at run time"].records] == ["dispatcher"]


def test_lookup_table_leads_from_the_dispatcher_to_the_handler(facts: Facts) -> None:
    tool = tools(facts, "table")["weed"]
    assert tool.resolved
    assert [record.on_error_only for record in tool.records] == [False]


def test_switch_keeps_the_tools_apart_and_opt_in_records_do_not_count(facts: Facts) -> None:
    held = tools(facts, "switch")
    assert len(held["loud"].records) == 1
    assert held["quiet"].records == ()


_COMPUTED = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";

function cut(prefix: string, shelf: string, suffix: string) {
  if (!shelf) return `${prefix}${suffix}`;
  if (shelf.length > 9) return `${prefix}shelf${suffix}`;
  return `${prefix}book${suffix}`;
}

function named(shelf: string) {
  try {
    return cut("read_", shelf, "_pages");
  } catch {
    return "read_pages";
  }
}

function made(shelf: string) {
  return [
    { name: named(shelf), schema: {}, cb: async () => ({ content: [] }) },
    { name: "weed", schema: {}, cb: async () => ({ content: [] }) },
  ];
}

const server = new McpServer({ name: "shelf", version: "1" });
made(process.env.SHELF ?? "").forEach((tool) => {
  server.tool(tool.name, tool.schema, tool.cb);
});
for (const one of ["lend", "renew"]) {
  server.tool(one, {}, async () => ({ content: [] }));
}
"""


def test_a_name_put_together_in_several_ways_is_one_tool() -> None:
    facts = facts_of({"src/index.ts": _COMPUTED, "package.json": '{"name": "shelf"}'})
    assert sorted(tool.name for tool in facts.tools) == ["lend", "read_shelf_pages", "renew", "weed"]


_LIBRARY = """
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { CallToolRequestSchema } from "@modelcontextprotocol/sdk/types.js";

export function serve(options) {
  const server = new Server({}, {});
  server.setRequestHandler(CallToolRequestSchema, async (request) => {
    const held = await options.tools();
    return held[request.params.name].run(request);
  });
  return server;
}
"""
_APPLICATION = """
import { serve } from "@shelf/library";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
serve({ tools: async () => (await load()) });
new McpServer({ name: "shelf", version: "1" }).tool("lend", {}, async () => ({ content: [] }));
"""


def test_tools_of_what_imports_a_library_are_those_that_it_serves() -> None:
    library = {
        "packages/library/package.json": '{"name": "@shelf/library", "main": "src/index.ts"}',
        "packages/library/src/index.ts": _LIBRARY,
    }
    application = {
        "package.json": '{"private": true, "workspaces": ["packages/*"]}',
        "packages/desk/package.json": '{"name": "desk", "dependencies": {"@shelf/library": "*"}}',
        "packages/desk/src/index.ts": _APPLICATION,
    }
    assert [tool.name for tool in facts_of({**library, **application}).tools] == ["lend"]
    assert [tool.name for tool in facts_of(library).tools] == ["generated at run time"]


_BESIDE = """
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import fs from "node:fs";
const definition = { name: "weed", description: "Throw a book away", inputSchema: { type: "object" } };
const weed = { definition, handler: async (args) => { fs.unlinkSync(args.book); } };
const lend = {
  definition: { name: "lend", description: "Lend a book", inputSchema: { type: "object" } },
  execute: async (args) => { console.error("lent", args.days); },
};
const RENEW = { name: "renew", description: "Renew a book", inputSchema: { type: "object" } };
const pairs = [[RENEW, async (args) => { console.error("renewed"); fs.utimesSync(args.book, 1, 1); }]];
const held = [weed, lend];
const server = new Server({ name: "shelf", version: "1" }, {});
server.setRequestHandler(ListToolsRequestSchema, async () => ({ tools: held.map((one) => one.definition) }));
server.setRequestHandler(CallToolRequestSchema, async (request) => {
  const one = held.find((other) => other.definition.name === request.params.name);
  return (one.handler ?? one.execute)(request.params.arguments);
});
"""


def test_the_handler_may_stand_beside_the_definition() -> None:
    facts = facts_of({"src/index.ts": _BESIDE, "package.json": '{"name": "shelf"}'})
    assert {tool.name: (tool.handler.line, len(tool.records)) for tool in facts.tools} == {
        "weed": (6, 0),
        "lend": (9, 1),
        "renew": (12, 1),
    }
    assert [flow.tools for flow in facts.code_flows] == [("weed",), ("renew",)]


_FACTORIES = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import fs from "node:fs";
const lend = (deps) => ({ name: "lend", schema: {}, run: async ({ book }) => fs.unlinkSync(book) });
const weed = (deps) => ({ name: "weed", schema: {}, run: async ({ book }) => deps.log.info(book) });
const count = (deps) => ({ name: "count", schema: {}, run: async () => 1 });
const renew = (deps) => ({ name: "renew", schema: {}, run: async () => 1 });
const sort = (deps) => ({ name: "sort", schema: {}, run: async () => 1 });
export function registerAll(server: McpServer, deps) {
  for (const make of [lend, weed, count, renew, sort]) {
    const { name, schema, run } = make(deps);
    server.registerTool(name, { description: "x", inputSchema: schema }, async (args) => run(args));
  }
}
"""


def test_functions_may_make_the_tools_that_a_loop_registers() -> None:
    facts = facts_of({"src/index.ts": _FACTORIES, "package.json": '{"name": "shelf"}'})
    assert [tool.name for tool in facts.tools] == ["count", "lend", "renew", "sort", "weed"]
    assert [flow.tools for flow in facts.code_flows] == [("lend",)]


@pytest.mark.parametrize(
    "parameters", ["context, { book }", "context, params", "args, desk", "client, args", "{ book }, x"]
)
def test_arguments_are_found_beside_a_context(parameters: str) -> None:
    book = next((f"{name}.book" for name in ("params", "args") if name in parameters), "book")
    source = (
        'import fs from "node:fs";\nexport const tool = { name: "weed", description: "Weed", inputSchema: {}, '
        f"handler: async ({parameters}) => {{ fs.unlinkSync({book}); }} }};\n"
    )
    facts = facts_of({"src/index.ts": source, "package.json": '{"name": "shelf"}'})
    assert [flow.tools for flow in facts.code_flows] == [("weed",)]

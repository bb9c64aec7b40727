"""Tools that are objects of classes: code, schema and arguments belong together, however the objects are found."""

from collections.abc import Mapping

import pytest
from linked import facts_of

CLASS = """
import {{ z }} from 'zod';
import {{ readFileSync }} from 'node:fs';
{imports}
export class {name} {extends}{{
  name = '{tool}';
  description = 'Read a note';
  schema = z.object({{ path: z.string(), id: {id} }});
  async run(args: any) {{
    const told = await fetch(`https://notes.example.com/notes/${{args.id}}`);
    return {{ content: [{{ type: 'text', text: readFileSync(args.path, 'utf8') }}] }};
  }}
}}
"""
SDK = "import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';\nimport { ReadNote } from './note.js';\n"
NEW = "const server = new McpServer({ name: 'mini', version: '1.0.0' });\n"
LOW = """
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { ReadNote } from './note.js';
const server = new Server({ name: 'mini', version: '1.0.0' }, { capabilities: { tools: {} } });
"""
LISTED = """
server.setRequestHandler(ListToolsRequestSchema, async () => ({
  tools: tools.map((t) => ({ name: t.name, description: t.description, inputSchema: t.schema })),
}));
"""
CALLED = "server.setRequestHandler(CallToolRequestSchema, async (request) => {{\n{body}\n}});\n"
MAINS = {
    "helper": SDK
    + NEW
    + """
function registerTool(server: McpServer, tool: any) {
  server.registerTool(tool.name, { inputSchema: tool.schema.shape }, async (args) => tool.run(args));
}
registerTool(server, new ReadNote());
""",
    "loop": SDK
    + NEW
    + """
for (const tool of [new ReadNote()]) {
  server.tool(tool.name, tool.description, tool.schema.shape, tool.run.bind(tool));
}
""",
    "nested": SDK
    + NEW
    + """
[new ReadNote()].forEach((tool) => {
  server.tool(tool.name, tool.description, { params: tool.schema.optional() }, ({ params }) => tool.run(params));
});
""",
    "found": LOW
    + "const tools = [new ReadNote()];\n"
    + LISTED
    + CALLED.format(
        body="  const tool = tools.find((t) => t.name === request.params.name)!;\n"
        "  return tool.run(tool.schema.parse(request.params.arguments));"
    ),
    "map": LOW
    + """
const held = new Map();
function register(tool: any) {
  held.set(tool.name, tool);
}
register(new ReadNote());
"""
    + CALLED.format(
        body="  const tool = held.get(request.params.name);\n"
        "  return tool.run(tool.schema.parse(request.params.arguments));"
    ),
}


def note(
    *, checked: bool, name: str = "ReadNote", tool: str = "read_note", imports: str = "", extends: str = ""
) -> str:
    schema = "z.string().uuid()" if checked else "z.string()"
    return CLASS.format(id=schema, name=name, tool=tool, imports=imports, extends=extends)


def flows(files: Mapping[str, str]) -> set[tuple[str, tuple[str, ...]]]:
    return {(one.value, one.tools) for one in facts_of(files).code_flows}


@pytest.mark.parametrize("main", sorted(MAINS))
def test_arguments_reach_the_method_of_the_object(main: str) -> None:
    found = flows({"src/note.ts": note(checked=False), "src/main.ts": MAINS[main]})
    assert found == {("path", ("read_note",)), ("id", ("read_note",))}


@pytest.mark.parametrize("main", sorted(MAINS))
def test_the_object_s_schema_checks_them(main: str) -> None:
    found = flows({"src/note.ts": note(checked=True), "src/main.ts": MAINS[main]})
    assert found == {("path", ("read_note",))}


def test_a_schema_that_nothing_applies_checks_nothing() -> None:
    body = "  const tool = tools.find((t) => t.name === request.params.name)!;\n"
    body += "  return tool.run(request.params.arguments);"
    main = LOW + "const tools = [new ReadNote()];\n" + LISTED + CALLED.format(body=body)
    assert ("id", ("read_note",)) in flows({"src/note.ts": note(checked=True), "src/main.ts": main})


BASE = """
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
export abstract class BaseTool {
  abstract name: string;
  abstract schema: any;
  abstract run(args: any): Promise<any>;
  register(server: McpServer) {
    server.registerTool(this.name, { inputSchema: this.schema.shape }, async (args) => this.run(args));
  }
}
"""


@pytest.mark.parametrize("checked", [True, False])
def test_a_base_class_registers_its_heirs(checked: bool) -> None:  # noqa: FBT001
    imports = "import { BaseTool } from './base.js';"
    files = {
        "src/base.ts": BASE,
        "src/note.ts": note(checked=checked, imports=imports, extends="extends BaseTool "),
        "src/main.ts": SDK + NEW + "new ReadNote().register(server);\n",
    }
    assert (("id", ("read_note",)) in flows(files)) is not checked


def test_of_several_tools_in_one_loop_each_has_its_own_schema() -> None:
    main = SDK.replace("ReadNote }", "ReadNote, Other }") + NEW
    main += "for (const tool of [new ReadNote(), new Other()]) {\n"
    main += "  server.registerTool(tool.name, { inputSchema: tool.schema.shape }, (args) => tool.run(args));\n}\n"
    both = note(checked=True) + note(checked=False, name="Other", tool="read_other")
    found = flows({"src/note.ts": both, "src/main.ts": main})
    assert found == {("path", ("read_note",)), ("path", ("read_other",)), ("id", ("read_other",))}


def test_a_long_list_is_followed_to_its_end() -> None:
    names = [f"Note{number}" for number in range(12)]
    notes = "".join(note(checked=True, name=name, tool=name.lower()) for name in names)
    listed = ", ".join(f"new {name}()" for name in names)
    main = LOW.replace("ReadNote", ", ".join(names)) + f"const tools = [{listed}];\n" + LISTED
    main += CALLED.format(
        body="  const tool = tools.find((t) => t.name === request.params.name);\n"
        "  return tool.run(request.params.arguments);"
    )
    found = facts_of({"src/note.ts": notes, "src/main.ts": main})
    assert {name for one in found.code_flows for name in one.tools} == {name.lower() for name in names}


PYTHON = """
from mcp.server import Server


class ReadNote:
    name = "read_note"
    description = "Read a note"

    def run(self, arguments):
        return open(arguments["path"]).read()


class Kept:
    def __init__(self):
        self.tools = {{}}

    def add(self, tool):
        self.tools[tool.name] = tool

    def call(self, name, arguments):
        return {call}


server = Server("mini")
kept = Kept()
kept.add(ReadNote())


@server.call_tool()
async def call_tool(name, arguments):
    return kept.call(name, arguments)
"""


@pytest.mark.parametrize("call", ["self.tools[name].run(arguments)", "self.tools.get(name).run(arguments)"])
def test_python_s_dictionaries_of_objects(call: str) -> None:
    [flow] = facts_of({"server.py": PYTHON.format(call=call)}).code_flows
    assert flow.value == "path"


HANDLED = """
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import fs from "node:fs";
abstract class ToolHandler {
  async call(raw) {
    console.error("asked", raw);
    return this.run(raw);
  }
}
class Weed extends ToolHandler {
  definition = { name: "weed", description: "Throw a book away", inputSchema: { type: "object" } };
  async run(input) { fs.unlinkSync(input.book); }
}
class Lend extends ToolHandler {
  readonly definition = { name: "lend", description: "Lend a book", inputSchema: { type: "object" } };
  async run(input) { return input.days; }
}
const handlers = [Weed, Lend].map((Handler) => new Handler());
const byName = new Map(handlers.map((one) => [one.definition.name, one]));
const server = new Server({ name: "shelf", version: "1" }, {});
server.setRequestHandler(ListToolsRequestSchema, async () => ({ tools: handlers.map((one) => one.definition) }));
server.setRequestHandler(CallToolRequestSchema, async (request) => {
  return byName.get(request.params.name).call(request.params.arguments);
});
"""


def test_a_class_may_hold_the_definition_of_its_tool() -> None:
    facts = facts_of({"src/index.ts": HANDLED, "package.json": '{"name": "shelf"}'})
    assert {tool.name: len(tool.records) for tool in facts.tools} == {"weed": 1, "lend": 1}
    assert [flow.tools for flow in facts.code_flows] == [("weed",)]
    (record,) = facts.log_calls
    assert [flow.nature.name for flow in record.flows] == ["ARGUMENTS"]


INJECTED = """
import { inject, injectAll } from "tsyringe";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
abstract class DeskTool {
  abstract name: string;
  abstract execute(args: unknown): Promise<unknown>;
}
export class LendTool extends DeskTool {
  name = "lend";
  async execute(args: { days: number }) { return args.days; }
}
export class Host {
  constructor(@injectAll("Tool") private readonly tools: DeskTool[]) {}
  build(server: McpServer) {
    for (const tool of this.tools) {
      server.registerTool(tool.name, {}, async (args) => {
        const held = await tool.RUN(args);
        console.error("ran", tool.name);
        return held;
      });
    }
  }
}
"""


@pytest.mark.parametrize(("run", "records"), [("execute", 1), ("dispose", 0)])
def test_what_a_registration_runs_around_injected_objects(run: str, records: int) -> None:
    facts = facts_of({"package.json": '{"name": "shelf"}', "src/a.ts": INJECTED.replace("RUN", run)})
    assert {tool.name: len(tool.records) for tool in facts.tools} == {"lend": records}

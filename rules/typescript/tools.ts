import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { FastMCP } from "fastmcp";
import { z } from "zod";

const server = new McpServer({ name: "shelf", version: "1.0.0" });
const fast = new FastMCP({ name: "shelf", version: "1.0.0" });

// ruleid: ts-tool-method
server.tool("list_books", async () => ({ content: [] }));
// ruleid: ts-tool-method
server.tool("find_book", "Find a book — by ISBN", { isbn: z.string() }, async ({ isbn }) => look(isbn));
for (const entry of shelf) {
  // ruleid: ts-tool-method
  server.tool(entry.name, entry.description, { params: entry.schema }, entry.handler as never);
}
// ok: ts-tool-method
const one = registry.tool("list_books");

class Library {
  init() {
    // ruleid: ts-tool-method
    this.server.tool<Args>("borrow", "Borrow", shape, handleBorrow);
    // ruleid: ts-tool-register
    this.server.registerTool("return_book", { description: "Return", inputSchema: shape }, (args) => giveBack(args));
  }
}
// ruleid: ts-tool-register
server.registerTool(name, config, async (args) => run(args));
// ruleid: ts-tool-register
server.experimental.tasks.registerToolTask("index", { description: "Index" }, { createTask, getTask });
// ruleid: ts-tool-app
registerAppTool(server, "map", { description: "Map" }, async () => map());
// ok: ts-tool-register, ts-tool-object, ts-tool-helper
await this.registerTool(server, definition);

// ruleid: ts-tool-object
fast.addTool({ name: "renew", description: "Renew a loan", parameters: shape, execute: async (args) => renew(args) });
// ruleid: ts-tool-object
registerTool({ name: "reserve", schema: shape, async handler(args: Args) { return reserve(args); } });
// ruleid: ts-tool-object
export const scan = createTool({ id: "scan", description: "Scan", execute: runScan });
// ok: ts-tool-object, ts-tool-helper, ts-tool-helper-server
await api.createTool(values);
// ok: ts-tool-object
await api.createTool({ name: "x", owner: "y" });

// ruleid: ts-tool-helper
defineTool("count", shape, async () => count());
// ruleid: ts-tool-helper
registry.registerTool("shelve", (args) => shelve(args));
// ruleid: ts-tool-helper-server
registerTool(server, "weed", { description: "Weed" }, async () => weed());
// ruleid: ts-tool-helper-server
registerTool(server, { name: "label", handler: label });
// ok: ts-tool-helper
const picked = registerTool(entry);

const catalogue = {
  // ruleid: ts-tool-keyed
  list_shelves: injectableTool({ description: "List", parameters: shape, execute: async () => shelves() }),
  // ruleid: ts-tool-keyed
  add_shelf: tool({ description: "Add", parameters: shape, async execute(args) { return add(args); } }),
  // ok: ts-tool-keyed, ts-tool-app
  drop_shelf: query({ execute: async () => drop() }),
};

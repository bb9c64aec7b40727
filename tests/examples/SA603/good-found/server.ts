import fs from "node:fs/promises";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { z } from "zod";

const server = new McpServer({ name: "shelf", version: "1.0.0" });
const NAMES = ["plans", "notes"];
const SHELVES = [{ id: "plans", width: 3 }];

class Register {
  private table: Record<string, string> = {};

  at(name: string) {
    return this.table[name];
  }
}

const register = new Register();

async function told(file: string) {
  return { content: [{ type: "text" as const, text: await fs.readFile(file, "utf8") }] };
}

server.tool("some", { name: z.string() }, async ({ name }) => {
  if (!NAMES.some((known) => known === name)) return { content: [] };
  return told(`/srv/${name}/index.md`);
});
server.tool("find", { name: z.string() }, async ({ name }) => {
  const shelf = SHELVES.find((one) => one.id === name);
  if (shelf === undefined) return { content: [] };
  return told(`/srv/${name}/index.md`);
});
server.tool("index", { name: z.string() }, async ({ name }) => {
  if (NAMES.findIndex((known) => known === name) < 0) throw new Error("unknown");
  return told(`/srv/${name}/index.md`);
});
server.tool("register", { name: z.string() }, async ({ name }) => {
  if (register.at(name) === undefined) return { content: [] };
  return told(`/srv/${name}/index.md`);
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

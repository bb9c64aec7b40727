import { McpServer } from "npm:@modelcontextprotocol/sdk@1.17.4/server/mcp.js";
import { StdioServerTransport } from "npm:@modelcontextprotocol/sdk@1.17.4/server/stdio.js";
import { join, resolve, SEPARATOR } from "@std/path";
import { normalize } from "jsr:@std/path@1.1.2";
import { z } from "zod";

const ROOT = resolve("/data/books");
const server = new McpServer({ name: "mini", version: "1.0.0" });

server.tool("remove_book", "Removes a book", { name: z.string() }, async ({ name }) => {
  await Deno.remove(join(ROOT, name)); // expect: SA603
  return { content: [] };
});

server.tool("list_books", "Lists a shelf", { name: z.string() }, async ({ name }) => {
  return { content: [{ type: "text", text: await Deno.readTextFile(normalize(`${ROOT}/${name}`)) }] }; // expect: SA603
});

server.tool("read_book", "Reads a book", { name: z.string() }, async ({ name }) => {
  const path = resolve(ROOT, name);
  if (!path.startsWith(ROOT + SEPARATOR)) return { isError: true, content: [] };
  return { content: [{ type: "text", text: await Deno.readTextFile(path) }] };
});

await server.connect(new StdioServerTransport());

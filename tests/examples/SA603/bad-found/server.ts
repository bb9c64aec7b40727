import fs from "node:fs/promises";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { z } from "zod";

const server = new McpServer({ name: "shelf", version: "1.0.0" });

function long(name: string): boolean {
  return name.length > 3;
}

server.tool("own", { name: z.string(), names: z.array(z.string()) }, async ({ name, names }) => {
  if (!names.some((known) => known === name)) return { content: [] };
  return { content: [{ type: "text", text: await fs.readFile(`/srv/${name}`, "utf8") }] }; // expect: SA603 HIGH
});
server.tool("turned", { name: z.string(), names: z.array(z.string()) }, async ({ name, names }) => {
  if (!names.some((known) => name === known)) return { content: [] };
  return { content: [{ type: "text", text: await fs.readFile(`/srv/${name}`, "utf8") }] }; // expect: SA603 HIGH
});
server.tool("there", { name: z.string() }, async ({ name }) => {
  if (long(name) === undefined) return { content: [] };
  return { content: [{ type: "text", text: await fs.readFile(`/srv/${name}`, "utf8") }] }; // expect: SA603 HIGH
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

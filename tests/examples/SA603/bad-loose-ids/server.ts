import fs from "node:fs";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";

const server = new McpServer({ name: "notes", version: "1.0.0" });

server.registerTool("read", { inputSchema: { id: z.string().cuid() } }, async ({ id }) => {
  return { content: [{ type: "text", text: fs.readFileSync(`/srv/notes/${id}`, "utf8") }] }; // expect: SA603 HIGH
});

server.registerTool("read_second", { inputSchema: { id: z.string().cuid2() } }, async ({ id }) => {
  return { content: [{ type: "text", text: fs.readFileSync(`/srv/notes/${id}`, "utf8") }] };
});

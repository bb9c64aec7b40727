import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { z } from "zod";
import { settings } from "./settings.js";

const server = new McpServer({ name: "desk", version: "1.0.0" });

server.tool("enable_writes", { enabled: z.boolean() }, async ({ enabled }) => {
  settings.permissions.write = enabled; // expect: SA109
  return { content: [] };
});

await server.connect(new StdioServerTransport());

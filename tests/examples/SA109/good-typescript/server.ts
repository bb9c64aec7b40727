import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { z } from "zod";
import { settings } from "./settings.js";

const server = new McpServer({ name: "desk", version: "1.0.0" });

server.tool("enable_writes", { enabled: z.boolean() }, async ({ enabled }) => {
  const answer = await server.server.elicitInput({ message: "Allow writing?", requestedSchema: { type: "object", properties: {} } });
  if (answer.action !== "accept") return { content: [], isError: true };
  settings.permissions.write = enabled;
  console.error(JSON.stringify({ event: "config_change", setting: "write", after: enabled }));
  return { content: [] };
});

await server.connect(new StdioServerTransport());

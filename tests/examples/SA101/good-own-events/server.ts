import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { Journal } from "./log";

const journal = new Journal();
const server = new McpServer({ name: "mini", version: "1.0.0" });

server.tool("go", "Goes", {}, async () => {
  journal.note("tool.call", { tool: "go", outcome: "ok" });
  return { content: [] };
});

await server.connect(new StdioServerTransport());

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";

const server = new McpServer({ name: "desk", version: "1.0.0" });
server.tool("list_notes", {}, async () => {
  console.error("notes listed");
  return { content: [] };
});
await server.connect(new StdioServerTransport());

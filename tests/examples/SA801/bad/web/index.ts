import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";

const server = new McpServer({ name: "mini", version: "1.0.0" });

server.tool("go", {}, async () => ({ content: [] }));

await server.connect(new StdioServerTransport());

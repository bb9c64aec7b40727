import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";


const server = new McpServer({ name: "console", version: "1.0.0" });

server.tool("go", {}, async () => {
  console.error("go");
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined })); // expect: SA401 MEDIUM

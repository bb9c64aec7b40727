import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { emit } from "./log.js";


const server = new McpServer({ name: "own", version: "1.0.0" });

server.tool("go", {}, async () => {
  emit("go", { tool: "go" });
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { emit } from "./audit.js";

const server = new McpServer({ name: "mini", version: "1.0.0" });

server.tool("go", {}, async () => {
  emit("tool_call", { tool: "go", outcome: "ok" });
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

const server = new McpServer({ name: "mini", version: "1.0.0" });

server.tool("ping", {}, async () => ({ content: [] }));

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";

const transport = pino.transport({ target: "pino-datadog-transport", options: { ddtags: "a" } });
const log = pino(transport);
const server = new McpServer({ name: "transport", version: "1.0.0" });

server.tool("go", {}, async () => {
  log.info("go");
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

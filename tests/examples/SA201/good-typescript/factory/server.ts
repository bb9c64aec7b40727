import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { createLogger } from "./log.js";

const log = createLogger("factory");
const server = new McpServer({ name: "factory", version: "1.0.0" });

server.tool("go", {}, async () => {
  log.info("go");
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

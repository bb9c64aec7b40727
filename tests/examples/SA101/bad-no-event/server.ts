import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";

const log = pino(); // expect: SA101 MEDIUM
const server = new McpServer({ name: "mini", version: "1.0.0" });

server.tool("go", {}, async () => {
  log.info("The tool was called by somebody");
  log.info({ size: 1 }, "Somebody asked again");
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

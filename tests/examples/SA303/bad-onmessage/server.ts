import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";

const log = pino();
const server = new McpServer({ name: "mini", version: "1.0.0" });
const tap = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
tap.onmessage = (message) => log.info({ message }, "in"); // expect: SA303

server.tool("go", {}, async () => {
  log.info("went");
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";

const pretty = process.env.NODE_ENV === "production" ? { target: "pino-pretty" } : undefined;
const log = pino({ transport: pretty }); // expect: SA201 MEDIUM
const server = new McpServer({ name: "optional", version: "1.0.0" });

server.tool("go", {}, async () => {
  log.info("go");
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

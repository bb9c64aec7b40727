import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";

const log = pino();
const server = new McpServer({ name: "mini", version: "1.0.0" });
const safe = (fields: Record<string, string>) => ({ ...fields, x: "[redacted]" });

server.tool("go", {}, async () => {
  log.info(safe({ x: process.env.MINI_TOKEN!, topic: "a" }), "go");
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

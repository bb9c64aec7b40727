import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import winston from "winston";
import LokiTransport from "winston-loki";

const log = winston.createLogger({ format: winston.format.json() });
log.add(new LokiTransport({ host: "https://loki.example.test" }));
const server = new McpServer({ name: "added", version: "1.0.0" });

server.tool("go", {}, async () => {
  log.info("go");
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

import pino from "pino";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";

const log = pino({}, process.argv.includes("--http") ? pino.destination(1) : pino.destination(2));
const server = new McpServer({ name: "chosen", version: "1.0.0" });

server.tool("go", {}, async () => {
  log.info("go");
  return { content: [] };
});

await server.connect(new StdioServerTransport());

import winston from "winston";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";

const log = winston.createLogger({
  transports: [new winston.transports.Console({ stderrLevels: ["error"] })], // expect: SA204
});
const server = new McpServer({ name: "told", version: "1.0.0" });

server.tool("go", {}, async () => {
  log.info("go");
  return { content: [] };
});

await server.connect(new StdioServerTransport());

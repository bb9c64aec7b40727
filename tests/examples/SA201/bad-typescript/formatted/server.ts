import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { createLogger, format, transports } from "winston";

const log = createLogger({ // expect: SA201 MEDIUM
  format: format.printf(({ level, message }) => `${level}: ${message}`),
  transports: [new transports.Console()],
});
const server = new McpServer({ name: "formatted", version: "1.0.0" });

server.tool("go", {}, async () => {
  log.info("go");
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import bunyan from "bunyan";

const log = bunyan.createLogger({ name: "bunyan" });
const server = new McpServer({ name: "bunyan", version: "1.0.0" });

server.tool("go", {}, async () => {
  log.info("go");
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

import { Logger } from "tslog";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";

const log = new Logger({ name: "told", type: "json" }); // expect: SA204
const server = new McpServer({ name: "told", version: "1.0.0" });

server.tool("go", {}, async () => {
  log.info("go");
  return { content: [] };
});

await server.connect(new StdioServerTransport());

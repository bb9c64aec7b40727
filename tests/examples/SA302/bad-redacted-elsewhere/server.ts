import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { log } from "./log.js";

const server = new McpServer({ name: "mini", version: "1.0.0" });

server.tool("go", {}, async () => {
  const token = process.env.MINI_TOKEN!;
  log.info({ key: token }, "started"); // expect: SA302
  log.info(`started with ${token}`); // expect: SA302
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";

const log = pino();
const server = new McpServer({ name: "mini", version: "1.0.0" });


server.tool("go", {}, async () => {
  const url = new URL(`https://maps.example/?key=${process.env.MINI_API_KEY}`);
  log.info(url.toString()); // expect: SA302
  log.info(url.href); // expect: SA302
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";

const log = pino();
const server = new McpServer({ name: "mini", version: "1.0.0" });


server.tool("go", {}, async () => {
  for (const [name, value] of Object.entries(process.env)) {
    log.info(`${name}=${value}`); // expect: SA301
  }
  Object.entries(process.env).forEach(([name, value]) => log.info({ value }, name)); // expect: SA301
  for (const name of Object.keys(process.env)) {
    log.info({ name, value: process.env[name] }, "variable"); // expect: SA301
  }
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

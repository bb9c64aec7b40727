import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";

const log = pino();
const server = new McpServer({ name: "mini", version: "1.0.0" });
const get = async () => process.env.MINI_API_KEY!;

server.tool("go", {}, async () => {
  const v = process.env.MINI_API_KEY!;
  get().then((x) => log.info(x)); // expect: SA302
  [v].forEach((x) => log.info(x)); // expect: SA302
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";

const log = pino();
const server = new McpServer({ name: "mini", version: "1.0.0" });
const mask = (v: string) => `${v.slice(0, 4)}...${v.slice(-4)}`;

server.tool("go", {}, async () => {
  log.info("went");
  const v = process.env.MINI_API_KEY!;
  log.info(`key ${v.substring(0, 8)}...`); // expect: SA305 LOW
  log.info({ v: v.substr(0, 6) }, "key"); // expect: SA305
  log.info({ v: v.slice(v.length - 6) }, "key"); // expect: SA305
  log.info({ v: mask(v) }, "key"); // expect: SA305
  log.info({ v: v.slice(-4) }, "key");
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

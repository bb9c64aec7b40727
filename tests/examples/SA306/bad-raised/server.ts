import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";

const log = pino();
const server = new McpServer({ name: "mini", version: "1.0.0" });
function check(v: string) {
  if (v.length < 8) throw new Error(`bad key ${v}`); // expect: SA306 MEDIUM
  return new Promise((resolve, reject) => {
    reject(new Error("bad key " + v)); // expect: SA306
  });
}

server.tool("go", {}, async () => {
  log.info("went");
  await check(process.env.MINI_API_KEY!);
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

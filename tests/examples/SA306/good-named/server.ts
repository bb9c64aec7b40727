import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";

const log = pino();
const server = new McpServer({ name: "mini", version: "1.0.0" });
function check(v?: string) {
  if (!v) throw new Error(`MINI_API_KEY is ${v ? "set" : "missing"}`);
  if (v.length < 8) throw new Error(`MINI_API_KEY has ${v.length} characters`);
}

server.tool("go", {}, async () => {
  log.info("went");
  check(process.env.MINI_API_KEY);
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";

const log = pino();
const server = new McpServer({ name: "mini", version: "1.0.0" });


server.tool("go", {}, async () => {
  const v = process.env.MINI_API_KEY!;
  const map = new Map<string, string>();
  map.set("k", v);
  log.info(map.get("k")); // expect: SA302
  const o: Record<string, string> = {};
  o.k = v;
  log.info(o.k); // expect: SA302
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

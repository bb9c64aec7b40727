import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";

const log = pino();
const server = new McpServer({ name: "mini", version: "1.0.0" });
async function refresh(tokenEndpoint: string) {
  const response = await fetch(tokenEndpoint, { method: "POST" });
  const tokens = await response.json();
  log.info({ tokens }, "refreshed"); // expect: SA304 HIGH
}

server.tool("go", {}, async () => {
  log.info("went");
  await refresh("https://login.example.test/t");
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

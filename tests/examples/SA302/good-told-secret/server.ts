import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";

const log = pino();
const server = new McpServer({ name: "mini", version: "1.0.0" });
const LogId = { tokenRefreshed: 1 };
function show(name: string, isSecret: boolean, value = process.env.MINI_TOKEN) {
  if (!isSecret) log.info({ value }, name);
}

server.tool("go", {}, async () => {
  log.info("went");
  show("token", true);
  log.info({ id: LogId.tokenRefreshed }, "refreshed");
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";

const log = pino();
const server = new McpServer({ name: "mini", version: "1.0.0" });
function maskSecret(v: string) {
  return v.slice(0, 2) + "****";
}
const redactFields = (fields: Record<string, unknown>) => ({ ...fields, token: "[REDACTED]" });
const careful = pino({ formatters: { log: redactFields } });
careful.info({ v: maskSecret("") }, "made");

server.tool("go", {}, async () => {
  log.info("went");

  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

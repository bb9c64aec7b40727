import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";

const log = pino();
const server = new McpServer({ name: "mini", version: "1.0.0" });
export function maskSecret(v: string) { // expect: SA307
  return v.slice(0, 2) + "****";
}
const redactFields = (fields: Record<string, unknown>) => ({ ...fields, token: "[REDACTED]" }); // expect: SA307

server.tool("go", {}, async () => {
  log.info("went");

  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

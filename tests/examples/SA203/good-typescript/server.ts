import pino from "pino";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { read } from "./read.js";

const log = pino();
const server = new McpServer({ name: "mini", version: "1.0.0" });

server.tool("go", {}, async () => {
  try {
    const text = await read();
    log.info({ event: "tool_call", tool: "go", outcome: "ok" });
    return { content: [{ type: "text", text }] };
  } catch (error) {
    log.error({ event: "tool_failure", tool: "go", err: error });
    throw error;
  }
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

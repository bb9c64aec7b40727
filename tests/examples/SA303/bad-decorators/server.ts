import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";
import { recorded } from "./recorded.js";
import { z } from "zod";

const log = pino();
const server = new McpServer({ name: "mini", version: "1.0.0" });
server.tool("drop", { id: z.string() }, recorded("drop", async (args: { id: string }) => ({ content: [] })));

server.tool("go", {}, async () => {
  log.info("went");
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

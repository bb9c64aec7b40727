import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";
import { z } from "zod";

const log = pino();
const server = new McpServer({ name: "mini", version: "1.0.0" });


server.tool("go", { lines: z.number(), follow: z.boolean(), mode: z.enum(["r", "w"]), level: z.number().int().min(1) }, async ({ lines, follow, mode, level }) => {
  console.error(`lines ${lines}, follow ${follow}, mode ${mode}, level ${level}`);
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

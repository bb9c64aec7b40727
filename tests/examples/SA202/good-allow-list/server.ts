import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";
import { z } from "zod";

const log = pino();
const server = new McpServer({ name: "mini", version: "1.0.0" });
const KINDS = ["text", "image"];

server.tool("go", { kind: z.string() }, async ({ kind }) => {
  if (KINDS.includes(kind)) console.error(`kind ${kind}`);
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

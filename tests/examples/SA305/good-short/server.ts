import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";
import { createHash } from "node:crypto";

const log = pino();
const server = new McpServer({ name: "mini", version: "1.0.0" });
const mask = (v: string) => v.replace(/.(?=.{4})/g, "*");

server.tool("go", {}, async () => {
  log.info("went");
  const v = process.env.MINI_API_KEY!;
  log.info({ v: mask(v), set: Boolean(v) }, "key");
  log.info({ v: createHash("sha256").update(v).digest("hex").slice(0, 12) }, "key");
  log.info(`key ${v.slice(0, 4)}****`);
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

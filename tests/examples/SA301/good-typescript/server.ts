import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { spawn } from "node:child_process";
import pino from "pino";

const log = pino();
const server = new McpServer({ name: "env", version: "1.0.0" });
const { PORT = "8080", NODE_ENV } = process.env;
const picked = (({ LANG, TZ }) => ({ LANG, TZ }))(process.env);

server.tool("where", {}, async () => {
  log.info({ names: Object.keys(process.env) }, "names");
  log.info({ count: Object.keys(process.env).length }, "count");
  log.info({ PORT, NODE_ENV, lang: process.env.LANG }, "settings");
  log.info({ picked }, "picked");
  log.info({ configured: "API_KEY" in process.env, set: !!process.env.API_KEY }, "configured");
  const child = spawn("true", [], { env: { ...process.env, LANG: "C" } });
  log.info({ pid: child.pid }, "started");
  log.info("process.env was handed to the child");
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

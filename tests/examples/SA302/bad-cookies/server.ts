import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";
import express from "express";

const log = pino();
const server = new McpServer({ name: "mini", version: "1.0.0" });
const app = express();
app.use((req, res, next) => {
  log.info({ x: req.cookies.sid }, "gate"); // expect: SA302
  log.info({ x: req.headers.cookie }, "gate"); // expect: SA302
  next();
});

server.tool("go", {}, async () => {
  log.info("went");
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

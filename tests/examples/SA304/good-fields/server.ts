import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";
import express from "express";

const log = pino();
const server = new McpServer({ name: "mini", version: "1.0.0" });
const app = express();
app.use((req, res, next) => {
  log.info({ type: req.headers["content-type"], names: Object.keys(req.headers) }, "in");
  log.info({ size: JSON.stringify(req.body).length }, "in");
  next();
});

server.tool("go", {}, async () => {
  log.info("went");
  const response = await fetch("https://api.example.test/things");
  log.info({ status: response.status, ok: response.ok }, "answer");
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

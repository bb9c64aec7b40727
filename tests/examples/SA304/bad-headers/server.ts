import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";
import express from "express";

const log = pino();
const server = new McpServer({ name: "mini", version: "1.0.0" });
const app = express();
app.use((req, res, next) => {
  log.info({ headers: req.headers }, "in"); // expect: SA304 MEDIUM
  log.info(`in ${JSON.stringify(req.headers)}`); // expect: SA304
  log.info(`in ${req.headers}`);
  next();
});

server.tool("go", {}, async () => {
  log.info("went");

  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

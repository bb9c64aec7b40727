import express, { type ErrorRequestHandler } from "express";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

const server = new McpServer({ name: "mini", version: "1.0.0" });

server.tool("one", {}, async () => ({ content: [] })); // expect: SA105

const failed: ErrorRequestHandler = (error, _req, res, _next) => {
  console.error("request failed", error.name);
  res.status(500).end();
};

const app = express();
const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
app.post("/mcp", (req, res) => transport.handleRequest(req, res, req.body));
app.use(failed);
await server.connect(transport);
app.listen(3000);

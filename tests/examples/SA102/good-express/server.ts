import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { isInitializeRequest } from "@modelcontextprotocol/sdk/types.js";
import express from "express";
import { rejected } from "./audit.js";
import { upstream } from "./upstream.js";

const app = express();
const server = new McpServer({ name: "gate", version: "1.0.0" });
server.registerTool("ping", { description: "Ping" }, async () => ({ content: [{ type: "text", text: await upstream() }] }));

app.use((req, res, next) => {
  const token = req.headers.authorization;
  if (!token) {
    rejected(req, "missing");
    res.status(401).json({ error: "unauthorized" });
    return;
  }
  if (token !== process.env.TOKEN) return refuse(req, res, "invalid");
  next();
});

function refuse(req, res, reason: string) {
  rejected(req, reason);
  res.status(403).json({ error: "forbidden" });
}

app.post("/mcp", async (req, res) => {
  if (isInitializeRequest(req.body)) console.error("initialize", req.ip);
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
});
app.listen(3000);

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import express from "express";
import { allowed, same } from "./secrets.js";

const app = express();
const server = new McpServer({ name: "gate", version: "1.0.0" });
server.registerTool("ping", { description: "Ping" }, async () => {
  console.error("ping");
  return { content: [] };
});

function unauthorized(res, reason: string) {
  res.status(401).json({ error: reason });
}

app.use((req, res, next) => {
  if (!allowed(req.headers.host)) {
    res.status(403).end(); // expect: SA102
    return;
  }
  next();
});

app.use((req, res, next) => {
  const token = req.headers.authorization;
  if (!token) return unauthorized(res, "missing token");
  if (!same(token)) {
    console.error("token refused");
    return unauthorized(res, "wrong token");
  }
  next();
});

app.post("/mcp", async (req, res) => {
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: undefined,
    onsessioninitialized: (id) => console.error("session", id),
  });
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
});
app.listen(3000);

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import express, { type Request, type Response } from "express";
import pino from "pino";

const log = pino();
const server = new McpServer({ name: "mini", version: "1.0.0" });
const app = express();

async function post(req: Request, res: Response): Promise<void> {
  const session = req.header("mcp-session-id");
  if (!session) {
    log.warn({ agent: req.header("user-agent"), ip: req.ip }, "session_missing");
    res.status(400).end();
    return;
  }
  log.info({ session }, "request");
  await transport.handleRequest(req, res, req.body);
}

const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
app.post("/mcp", post);
server.tool("go", {}, async () => {
  log.info({ tool: "go" }, "tool_call");
  return { content: [] };
});
await server.connect(transport);
app.listen(3000);

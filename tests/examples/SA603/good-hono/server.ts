import fs from "node:fs/promises";
import path from "node:path";
import { Hono } from "hono";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";

const server = new McpServer({ name: "files", version: "1.0.0" });
server.tool("ping", {}, async () => ({ content: [] }));

const app = new Hono();

// The address of a request has no `..` any more when it arrives here.
app.get("/files/*", async (c) => {
  const name = c.req.path.replace("/files", "");
  return c.text(await fs.readFile(path.join(process.cwd(), name), "utf8"));
});

export default app;

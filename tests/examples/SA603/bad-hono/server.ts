import fs from "node:fs/promises";
import path from "node:path";
import { Hono } from "hono";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";

const server = new McpServer({ name: "files", version: "1.0.0" });
server.tool("ping", {}, async () => ({ content: [] }));

const app = new Hono();

// What was encoded comes back.
app.get("/files/*", async (c) => {
  const name = decodeURIComponent(c.req.path.replace("/files", ""));
  return c.text(await fs.readFile(path.join(process.cwd(), name), "utf8")); // expect: SA603
});

app.get("/whole/*", async (c) => c.text(await fs.readFile(c.req.path, "utf8"))); // expect: SA603

export default app;

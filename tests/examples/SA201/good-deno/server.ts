import { Hono } from "npm:hono@4.9.6";
import { McpServer } from "npm:@modelcontextprotocol/sdk@1.17.4/server/mcp.js";
import { StreamableHTTPTransport } from "npm:@hono/mcp@0.1.2";
import { log, setup } from "./log.ts";

setup("INFO");
const app = new Hono();
app.all("/mcp", async (c) => {
  const server = new McpServer({ name: "mini", version: "1.0.0" });
  server.tool("go", "Goes", {}, async () => {
    log().info("tool called", { event: "tool.call", tool: "go" });
    return { content: [] };
  });
  const transport = new StreamableHTTPTransport();
  await server.connect(transport);
  return transport.handleRequest(c);
});

Deno.serve({ port: 8000 }, app.fetch);

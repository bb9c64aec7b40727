import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { CallToolRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import express from "express";
import pino from "pino";
import { z } from "zod";

const log = pino();
const mcp = new McpServer({ name: "notes", version: "1.0.0" });

mcp.registerTool("add", { inputSchema: { title: z.string(), content: z.string() } }, async (args, extra) => {
  log.info({ args }, "add"); // expect: SA303 MEDIUM
  log.info({ tool: "add", ...args }, "add"); // expect: SA303
  log.info(args, "add"); // expect: SA303
  log.info({ x: JSON.stringify(args) }, "add"); // expect: SA303
  const { content, ...rest } = args;
  log.info({ rest }, "add"); // expect: SA303
  log.info({ content }, "add"); // expect: SA303 LOW
  const v1 = args;
  log.info({ v1 }, "add"); // expect: SA303
  log.debug({ args }, "add"); // expect: SA303 LOW
  await mcp.server.sendLoggingMessage({ level: "info", data: args }); // expect: SA303 INFO
  return { content: [] };
});

mcp.tool("search", { query: z.string(), limit: z.number() }, async ({ query, limit }) => {
  log.info({ query, limit }, "search"); // expect: SA303 LOW
  log.info({ given: { query, limit } }, "search"); // expect: SA303
  return { content: [] };
});

mcp.server.setRequestHandler(CallToolRequestSchema, async (request) => {
  log.info({ request }, "call"); // expect: SA303
  log.info({ params: request.params }, "call"); // expect: SA303
  log.info({ x: request.params.arguments }, "call"); // expect: SA303
  const { name, arguments: given } = request.params;
  log.info({ name, given }, "call"); // expect: SA303
  return { content: [] };
});

const app = express();
app.post("/mcp", async (req, res) => {
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await mcp.connect(transport);
  await transport.handleRequest(req, res, req.body);
});
app.listen(3000);

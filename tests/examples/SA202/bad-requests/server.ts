import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";
import { Hono } from "hono";
import Koa from "koa";

const log = pino();
const server = new McpServer({ name: "mini", version: "1.0.0" });
const hono = new Hono();
hono.get("/", (c) => {
  console.error(`path ${c.req.path} ${c.req.query("who")}`); // expect: SA202
  return c.text("ok");
});
const koa = new Koa();
koa.use(async (ctx) => {
  console.error(`url ${ctx.url} ${ctx.query.who}`); // expect: SA202
});

server.tool("go", {}, async () => {
  log.info("went");
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import express, { type Request, type Response } from "express";
import Fastify from "fastify";
import { Hono } from "hono";
import Koa from "koa";
import type { IncomingMessage } from "node:http";

const server = new McpServer({ name: "gate", version: "1.0.0" });
server.tool("ping", {}, async () => ({ content: [{ type: "text", text: "pong" }] }));

const app = express();
app.use((req, res, next) => {
  const h = req.headers.authorization;
  console.error("header", h); // expect: SA302
  console.error(`token ${h?.split(" ")[1]}`); // expect: SA302
  console.error(req.headers["x-api-key"]); // expect: SA302
  console.error(req.get("Authorization")); // expect: SA302
  console.error(req.header("authorization")); // expect: SA302
  next();
});
app.post("/login", (req: Request, res: Response) => {
  const { user, password } = req.body;
  console.error("login", user, password); // expect: SA302
  console.error(req.body.client_secret); // expect: SA302
  res.end();
});

const fast = Fastify({ logger: true });
fast.get("/", async (request, reply) => {
  request.log.info(request.headers.authorization); // expect: SA302
  fast.log.info({ h: request.headers.authorization }, "x"); // expect: SA302
  return reply.send();
});

const hono = new Hono();
hono.get("/", (c) => {
  console.error(c.req.header("Authorization")); // expect: SA302
  return c.text("ok");
});

const koa = new Koa();
koa.use(async (ctx, next) => {
  console.error(ctx.headers.authorization); // expect: SA302
  console.error(ctx.request.headers["authorization"]); // expect: SA302
  console.error(ctx.get("authorization")); // expect: SA302
  await next();
});

export function check(message: IncomingMessage) {
  const bearer = message.headers["authorization"]!.replace("Bearer ", "");
  console.error(bearer); // expect: SA302
}

app.all("/mcp", async (req, res) => {
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
});
app.listen(3000);

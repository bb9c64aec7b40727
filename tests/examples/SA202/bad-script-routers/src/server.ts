import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";
import Fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import { Hono, type Context } from "hono";
import { createMiddleware } from "hono/factory";
import { zValidator } from "@hono/zod-validator";
import { z } from "zod";
import Koa, { type Context as KoaContext } from "koa";
import Router from "@koa/router";
import { createServer, IncomingMessage } from "node:http";
import { NextRequest } from "next/server";
import "./routes.js";

const log = pino();
const server = new McpServer({ name: "mini", version: "1.0.0" });

const fastify = Fastify();
fastify.get("/n/:id", async (request, reply) => {
  const { id } = request.params as { id: string };
  console.error(`id ${id}`); // expect: SA202
  console.error(`q ${(request.query as any).q}`); // expect: SA202
  return {};
});
fastify.post<{ Body: { title: string } }>("/n", { schema: {} }, async ({ body, query }, reply) => {
  console.error(`t ${body.title}`); // expect: SA202
  return {};
});
fastify.route({
  method: "PUT",
  url: "/n",
  handler: async (req, reply) => {
    console.error(`t ${(req.body as any).title}`); // expect: SA202
  },
});
fastify.addHook("preHandler", async (r, reply) => {
  console.error(`u ${r.url}`);
});
async function plugin(app: FastifyInstance) {
  app.get("/p", async (r) => {
    console.error(`u ${r.query}`); // expect: SA202
  });
}
fastify.register(plugin);
function helper(req: FastifyRequest<{ Params: { id: string } }>) {
  console.error(`u ${req.params.id}`); // expect: SA202
}
fastify.delete("/n/:id", async (r) => helper(r));

const hono = new Hono();
hono.get("/n/:id", (c) => {
  console.error(`id ${c.req.param("id")}`); // expect: SA202
  const { who } = c.req.query();
  console.error(`who ${who}`); // expect: SA202
  return c.text("ok");
});
hono.post("/n", zValidator("json", z.object({ title: z.string(), n: z.number() })), async (c) => {
  const data = c.req.valid("json");
  console.error(`t ${data.title}`); // expect: SA202
  const body = await c.req.json();
  console.error(`t ${body.title}`); // expect: SA202
  const p = await c.req.parseBody();
  console.error(`t ${p["title"]}`); // expect: SA202
  return c.json({});
});
hono.use("*", async (c, next) => {
  console.error(`u ${c.req.url}`);
  await next();
});
const mw = createMiddleware(async (c, next) => {
  console.error(`u ${c.req.path}`);
  await next();
});
const named = async (c: Context) => {
  console.error(`u ${c.req.query("x")}`); // expect: SA202
  return c.text("");
};
hono.get("/z", mw, named);

const koa = new Koa();
const router = new Router();
router.get("/n/:id", async (ctx) => {
  console.error(`id ${ctx.params.id}`); // expect: SA202
  console.error(`b ${ctx.request.body.title}`); // expect: SA202
  console.error(`q ${ctx.request.query.q}`); // expect: SA202
  console.error(`q ${ctx.querystring}`);
});
router.post("/m", async ({ request, params, query }, next) => {
  console.error(`b ${request.body.title}`); // expect: SA202
  console.error(`b ${params.id}`); // expect: SA202
});
koa.use(router.routes());

createServer((incoming, outgoing) => {
  let text = "";
  incoming.on("data", (part) => (text += part));
  incoming.on("end", () => console.error(`b ${JSON.parse(text).title}`)); // expect: SA202
}).listen(3);
createServer((req, res) => {
  console.error(`u ${req.url}`);
  const url = new URL(req.url!, "http://localhost");
  console.error(`u ${url.pathname} ${url.searchParams.get("q")}`); // expect: SA202
  let body = "";
  req.on("data", (chunk) => { body += chunk; });
  req.on("end", () => {
    const parsed = JSON.parse(body);
    console.error(`b ${parsed.title}`); // expect: SA202
  });
}).listen(1);
async function readBody(req: IncomingMessage) {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
createServer(async (req, res) => {
  const { text } = JSON.parse(await readBody(req));
  console.error(`b ${text}`); // expect: SA202
}).listen(2);
Bun.serve({
  async fetch(req) {
    console.error(`u ${req.url}`);
    const { title } = await req.json();
    console.error(`t ${title}`); // expect: SA202
    return new Response("");
  },
});
Deno.serve(async (request) => {
  console.error(`u ${request.url}`);
  return new Response("");
});
export default {
  async fetch(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
    console.error(`u ${request.url}`);
    const url = new URL(request.url);
    console.error(`u ${url.searchParams.get("q")}`); // expect: SA202
    return new Response("");
  },
};
server.tool("go", {}, async () => {
  log.info("went");
  return { content: [] };
});
await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

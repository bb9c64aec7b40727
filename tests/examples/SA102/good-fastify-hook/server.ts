import Fastify from "fastify";
import jwt from "@fastify/jwt";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

const app = Fastify({ logger: true });
await app.register(jwt, { secret: process.env.JWT_SECRET ?? "" });

app.addHook("onRequest", async (request, reply) => {
  try {
    await request.jwtVerify();
  } catch {
    request.log.warn({ event: "auth.rejected", reason: "invalid token", ip: request.ip });
    return reply.code(401).send({ error: "unauthorized" });
  }
  request.log.info({ event: "auth.accepted", client: request.ip });
});

app.post("/mcp", async (request, reply) => {
  const server = new McpServer({ name: "mini", version: "1.0.0" });
  server.tool("go", "Goes", {}, async () => ({ content: [] }));
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  reply.hijack();
  await transport.handleRequest(request.raw, reply.raw, request.body);
});

await app.listen({ port: 8080 });

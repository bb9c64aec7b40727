import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import axios from "axios";
import express, { type Request } from "express";
import Fastify from "fastify";
import util from "node:util";
import { z } from "zod";
import { Log } from "./log.js";

const server = new McpServer({ name: "files", version: "1.0.0" });
const log = new Log("files");

server.tool("read", { path: z.string() }, async ({ path }) => {
  console.error(`reading ${path}`); // expect: SA202 MEDIUM
  console.error("reading " + path); // expect: SA202
  console.error("reading", path); // expect: SA202
  console.error("reading %s", path); // expect: SA202
  console.error(util.format("reading %s", path)); // expect: SA202
  console.warn(["reading", path].join(" ")); // expect: SA202
  process.stderr.write(`reading ${path}\n`); // expect: SA202
  console.debug(`reading ${path}`); // expect: SA202 LOW
  log.info("reading", path); // expect: SA202
  log.info(`reading ${path.trim()}`); // expect: SA202
  const v1 = path;
  let v2 = "reading ";
  v2 += v1;
  console.error(v2); // expect: SA202
  return { content: [] };
});

server.tool("fetch", { url: z.string() }, async (args) => {
  console.error(`fetching ${args.url}`); // expect: SA202
  const answer = await fetch("https://example.test/");
  console.error(`answer ${await answer.text()}`); // expect: SA304 LOW
  const { data } = await axios.get("https://example.test/");
  console.error(`title ${data.title}`); // expect: SA202 LOW
  return { content: [] };
});

const app = express();
app.post("/mcp", async (req, res) => {
  console.error(`${req.method} ${req.originalUrl}`);
  console.error(`who ${req.query.who}`); // expect: SA202
  console.error(`name ${req.body.name}`); // expect: SA202
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
});
app.get("/:name", (req: Request, res) => {
  const { name } = req.params;
  console.error(`hello ${name}`); // expect: SA202
  res.end();
});
app.listen(3000);

const fast = Fastify();
fast.get("/", async (request) => {
  console.error(`url ${request.url}`);
  return {};
});

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { createHash } from "node:crypto";
import express from "express";
import pino from "pino";
import { z } from "zod";

const log = pino();
const server = new McpServer({ name: "report", version: "1.0.0" });
const { PORT, HOST, LOG_LEVEL, REPORT_API_KEY: key = "" } = process.env;

const maskSecret = (v: string) => (v.length > 8 ? `****${v.slice(-4)}` : "****");
const printToken = (v: string) => createHash("sha256").update(v).digest("hex").slice(0, 12);
const names = (fields: object) => Object.keys(fields);
const state = (v?: string) => (v ? "set" : "unset");

server.tool("report", { topic: z.string(), max_tokens: z.number(), page_token: z.string() }, async (args, extra) => {
  const token = process.env.REPORT_TOKEN;
  log.info({ present: !!token }, "presence");
  log.info({ present: Boolean(token), other: token !== undefined }, "presence");
  log.info({ length: token?.length }, "length");
  log.info({ mask: maskSecret(token!) }, "mask");
  log.info({ hash: printToken(token!) }, "hash");
  log.info({ state: state(token) }, "state");
  log.info({ type: typeof token }, "type");
  log.info({ token: "***" }, "constant");
  log.info({ ...{ token, topic: "x" }, token: "[redacted]" }, "safe");
  log.info({ names: names({ token }) }, "names");
  log.info({ names: Object.keys(process.env) }, "names");
  log.info({ has: "REPORT_TOKEN" in process.env }, "has");
  log.info(token ? "token configured" : "no token");
  log.info(`token ${token ? "set" : "missing"}`);
  log.warn("Invalid token, password expired");
  const usage = { input_tokens: 1, output_tokens: 2, total_tokens: 3 };
  log.info({ usage, maxTokens: args.max_tokens, tokenCount: usage.total_tokens }, "tokens");
  const nextPageToken = `${args.page_token}1`;
  log.info({ nextPageToken }, "page");
  log.info({ progressToken: extra._meta?.progressToken, requestId: extra.requestId }, "progress");
  log.info({ PORT, HOST, LOG_LEVEL }, "settings");
  log.info({ env: process.env.NODE_ENV }, "settings");
  const tokenType = "bearer", tokenId = "t1", tokenExpiry = 3600, tokenName = "report";
  log.info({ tokenType, tokenId, tokenExpiry, tokenName }, "about");
  for (const token of args.topic.split(" ").filter((word) => word.length > 3)) log.info({ size: token.length }, "word");
  const cancellationToken = new AbortController();
  log.info({ cancelled: cancellationToken.signal.aborted }, "cancel");
  if (!key) log.error("REPORT_API_KEY is not set");
  return { content: [{ type: "text", text: args.topic }] };
});

const app = express();
app.use((req, res, next) => {
  const header = req.headers.authorization;
  if (!header) log.warn({ path: req.path, session: req.headers["mcp-session-id"] }, "missing token");
  log.info({ scheme: header?.split(" ")[0], authenticated: header?.startsWith("Bearer ") }, "auth");
  next();
});
app.all("/mcp", async (req, res) => {
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
});
app.listen(Number(PORT));

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import winston from "winston";
import { authHeaders, formatBearerToken, hashToken, maskSecret, redact, sanitize } from "./helpers.js";

const logger = winston.createLogger({ format: winston.format.json(), transports: [new winston.transports.Console()] });
const server = new McpServer({ name: "mail", version: "1.0.0" });

server.tool("send", {}, async () => {
  const v = process.env.MAIL_TOKEN!;
  logger.info("mask", { x: maskSecret(v) }); // expect: SA302
  logger.info("redact", { x: redact(v) }); // expect: SA302
  logger.info("hash", { x: hashToken(v) }); // expect: SA302
  logger.info("clean", sanitize({ v })); // expect: SA302
  logger.info(formatBearerToken(v)); // expect: SA302
  logger.info("headers", authHeaders()); // expect: SA302
  logger.info(authHeaders().Authorization); // expect: SA302
  const { Authorization: h } = authHeaders();
  logger.log("info", h); // expect: SA302
  logger.log({ level: "info", message: "x", h }); // expect: SA302
  logger.info(h.split(" ")[1]); // expect: SA302
  const [, rest] = h.split(" ");
  logger.info(rest); // expect: SA302
  logger.info(h.slice(7)); // expect: SA302
  logger.info(h.substring("Bearer ".length)); // expect: SA302
  logger.info(h.replace("Bearer ", "")); // expect: SA302
  logger.info(h.replace(/^Bearer\s+/i, "")); // expect: SA302
  logger.child({ scope: "x" }).warn(h); // expect: SA302
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

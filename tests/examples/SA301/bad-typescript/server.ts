import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { CallToolRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { env } from "node:process";
import process from "node:process";
import winston from "winston";
import { keep, settings } from "./settings.js";

const logger = winston.createLogger({ format: winston.format.json(), transports: [new winston.transports.Console()] });
const server = new Server({ name: "env", version: "1.0.0" }, { capabilities: { tools: {}, logging: {} } });
const { ...copy } = process.env;

server.setRequestHandler(CallToolRequestSchema, async () => {
  logger.info("env", process.env); // expect: SA301 HIGH
  logger.info("env", { env: process.env }); // expect: SA301
  logger.info("env", { ...process.env }); // expect: SA301
  logger.info(`env ${JSON.stringify(process.env, null, 2)}`); // expect: SA301
  logger.info("env", env); // expect: SA301
  logger.info("env", { copy }); // expect: SA301
  logger.info("env", settings.all); // expect: SA301
  logger.info("settings", settings); // expect: SA301
  keep("env", process.env); // expect: SA301
  console.error(process.env); // expect: SA301
  console.error("env:", Object.entries(process.env)); // expect: SA301
  logger.info("env", Object.assign({}, process.env)); // expect: SA301
  const { log } = console;
  log(process.env); // expect: SA301
  if (process.env.DEBUG) {
    console.error(process.env); // expect: SA301 MEDIUM
  }
  logger.debug("env", process.env); // expect: SA301 MEDIUM
  await server.sendLoggingMessage({ level: "info", data: process.env }); // expect: SA301
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

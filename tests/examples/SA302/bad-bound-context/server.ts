import fs from "node:fs";
import util from "node:util";
import consola from "consola";
import log4js from "log4js";
import pino from "pino";
import signale from "signale";
import winston from "winston";
import { trace } from "@opentelemetry/api";
import { Logger } from "@aws-lambda-powertools/logger";

const token = process.env.SERVICE_TOKEN ?? "";
const logger = pino();
const tools = new Logger();

logger.setBindings({ service: "billing" });
logger.setBindings({ token }); // expect: SA302 HIGH
tools.appendKeys({ token }); // expect: SA302 HIGH
consola.box(token); // expect: SA302 HIGH
signale.await(token); // expect: SA302 HIGH
log4js.getLogger().mark(token); // expect: SA302 HIGH
util.debuglog("auth")("token %s", token); // expect: SA302
fs.writeSync(2, `token ${token}\n`); // expect: SA302 HIGH
fs.writeSync(fs.openSync("/srv/state", "w"), `token ${token}\n`);
trace.getTracer("app").startSpan("login", { attributes: { token } }).end(); // expect: SA302 LOW
global.console.error(token); // expect: SA302 HIGH
export const bound = pino({ base: { token } }); // expect: SA302 HIGH
export const hidden = pino({ base: { token }, redact: ["token"] });
export const always = winston.createLogger({ defaultMeta: { token } }); // expect: SA302 HIGH
export const named = winston.createLogger({ defaultMeta: { service: "billing" } });

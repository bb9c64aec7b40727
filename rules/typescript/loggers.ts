import pino from "pino";
import { pino as makePino } from "pino";
import pinoHttp from "pino-http";
import winston, { createLogger, format } from "winston";
import bunyan from "bunyan";
import log4js from "log4js";
import { Logger } from "tslog";
import { Logger as TsLogger } from "tslog";
import { createConsola } from "consola";
import { configure, getConsoleSink, jsonLinesFormatter } from "@logtape/logtape";
import { MongoLogManager } from "mongodb-log-writer";
import morgan from "morgan";

// ruleid: ts-logger-pino
export const plain = pino();
// ruleid: ts-logger-pino
export const tuned = pino({ level: "info", redact: ["token"] }, pino.destination(2));
// ruleid: ts-logger-pino
export const named = makePino({ name: "é" });
// ok: ts-logger-pino
export const child = plain.child({ a: 1 });
// ruleid: ts-logger-pino-pretty, ts-logger-pino-target
export const pretty = pino({ transport: { target: "pino-pretty" } });
const targets = [];
// ruleid: ts-logger-pino-target
if (development) targets.push({ target: "pino-pretty", options: { colorize: true } });
// ok: ts-logger-pino-target, ts-logger-pino-pretty
targets.push({ target: "pino/file", options: { destination: 2 } });
// ruleid: ts-logger-pino-http
app.use(pinoHttp({ logger: plain }));
// ok: ts-logger-pino-http
app.use(express.json());

// ruleid: ts-logger-winston-json
const w1 = winston.createLogger({ format: winston.format.combine(winston.format.timestamp(), winston.format.json()) });
// ruleid: ts-logger-winston-json
const w2 = winston.createLogger({ level: "info", transports: [] });
// ruleid: ts-logger-winston-json
const w3 = createLogger({ format: format.printf((info) => JSON.stringify(info)) });
// ruleid: ts-logger-winston-json
const w7 = createLogger({ format: format.printf((info) => { const line = { ...info }; return JSON.stringify(line); }) });
// ruleid: ts-logger-winston-json
const w8 = winston.createLogger();
// ok: ts-logger-winston-json, ts-logger-winston-text
const w9 = winston.createLogger(options);
// ruleid: ts-logger-winston-text
const w4 = winston.createLogger({ format: winston.format.combine(winston.format.timestamp(), winston.format.simple()) });
// ruleid: ts-logger-winston-text
const w5 = createLogger({ format: format.printf(({ level, message }) => `${level}: ${message}`) });
// ok: ts-logger-winston-json, ts-logger-winston-text
const w6 = createLogger({ format: chosen });
// ruleid: ts-logger-winston-transport-text
w1.add(new winston.transports.Console({ format: winston.format.simple() }));
// ok: ts-logger-winston-transport-text
w1.add(new winston.transports.Console({ level: "info" }));
// ok: ts-logger-winston-transport-text
w1.add(new winston.transports.Console({ format: winston.format.json() }));

// ruleid: ts-logger-bunyan
const b = bunyan.createLogger({ name: "shelf" });
// ok: ts-logger-bunyan
const own = factory.createLogger({ name: "shelf" });
// ruleid: ts-logger-log4js
log4js.configure({ appenders: { out: { type: "stdout" } }, categories: {} });
// ruleid: ts-logger-log4js-json
log4js.configure({ appenders: { out: { type: "stdout", layout: { type: "json" } } }, categories: {} });
// ruleid: ts-logger-tslog
const t1 = new Logger();
// ruleid: ts-logger-tslog
const t0 = new TsLogger({ name: "shelf" });
// ruleid: ts-logger-tslog-json
const t2 = new Logger({ type: "json" });
// ruleid: ts-logger-tslog-pretty
const t3 = new Logger({ type: "pretty", name: "shelf" });
// ok: ts-logger-tslog, ts-logger-tslog-json, ts-logger-tslog-pretty
const t4 = new Logger({ type: chosen });
// ruleid: ts-logger-consola
const c = createConsola({ level: 4 });

await configure({
  sinks: {
    // ruleid: ts-logger-logtape
    console: getConsoleSink(),
    // ruleid: ts-logger-logtape-json
    lines: getConsoleSink({ formatter: jsonLinesFormatter }),
  },
});
// ruleid: ts-logger-mongodb-log-writer
const manager = new MongoLogManager({ directory, retentionDays: 30 });
// ruleid: ts-logger-morgan
app.use(morgan("combined"));
// ok: ts-logger-morgan
app.use(helmet("combined"));
// ruleid: ts-logger-nest-json
const nest = new ConsoleLogger({ json: true, colors: false });
// ok: ts-logger-nest-json
const texts = new ConsoleLogger({ json: false });

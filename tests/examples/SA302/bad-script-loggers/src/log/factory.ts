import pino, { type Logger as PinoLogger } from "pino";
import winston from "winston";
import bunyan from "bunyan";
import debug from "debug";
import log4js from "log4js";
import { createConsola } from "consola";
import { Logger as TsLog } from "tslog";

export const root = pino();
export const makeLog = (scope: string) => (message: string, value?: unknown) => root.info({ scope, value }, message);
export function levelled(level: "info" | "warn") {
  return function (message: string, value?: unknown) {
    root[level]({ value }, message);
  };
}
export const forModule = (name: string) => root.child({ module: name });
export function getLogger(name: string): PinoLogger {
  return root.child({ name });
}
export const logObject = (scope: string) => ({
  info: (m: string, v?: unknown) => root.info({ scope, v }, m),
  warn(m: string, v?: unknown) {
    root.warn({ scope, v }, m);
  },
});
const cache = new Map<string, PinoLogger>();
export function cached(name: string): PinoLogger {
  let found = cache.get(name);
  if (!found) {
    found = root.child({ name });
    cache.set(name, found);
  }
  return found;
}
export const win = winston.createLogger({ transports: [new winston.transports.Console()] });
export const bun = bunyan.createLogger({ name: "x" });
export const dbg = debug("desk:x");
export const l4 = log4js.getLogger("desk");
export const cons = createConsola({});
export const ts = new TsLog({ name: "x" });
let current: PinoLogger | undefined;
export function setLogger(l: PinoLogger) {
  current = l;
}
export function active(): PinoLogger {
  return current ?? root;
}
export class Holder {
  private static instance: Holder;
  static get(): Holder {
    return (Holder.instance ??= new Holder());
  }
  readonly out = root.child({ scope: "holder" });
  say(m: string, v: unknown) {
    this.out.info({ v }, m);
  }
}

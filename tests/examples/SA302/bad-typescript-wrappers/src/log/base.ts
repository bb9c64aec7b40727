import pino from "pino";

export type Level = "info" | "warn" | "error";

const base = pino();

export class Logger {
  constructor(private readonly scope: string) {}
  private write(level: Level, message: string, extra?: unknown) {
    base[level]({ scope: this.scope, extra }, message);
  }
  info(message: string, extra?: unknown) {
    this.write("info", message, extra);
  }
  warn = (message: string, extra?: unknown) => this.write("warn", message, extra);
}

export function remember(text: string, value: unknown) {
  base.info({ value }, text);
}
export default base;

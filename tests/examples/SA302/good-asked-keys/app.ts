import pino from "pino";

const log = pino();
const HIDDEN = /^(authorization|cookie|password|token|api[-_]?key)$/i;
const NAMES = new Set(["token", "password"]);

function shown(value: Record<string, unknown>) {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, HIDDEN.test(key) ? "-" : item]));
}

function listed(value: Record<string, unknown>) {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, NAMES.has(key) ? "-" : item]));
}

function walk(value: unknown, depth: number): unknown {
  if (depth > 6 || value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, HIDDEN.test(key) ? "[hidden]" : walk(item, depth + 1)]),
  );
}

const redact = (value: Record<string, unknown>) => walk(value, 0) as Record<string, unknown>;

export function start(token: string): void {
  log.info(shown({ user: "demo", token }), "started");
  log.info(listed({ user: "demo", token }), "started");
  log.info({ ...redact({ user: "demo", token }) }, "started");
}

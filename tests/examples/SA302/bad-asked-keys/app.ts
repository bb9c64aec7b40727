import pino from "pino";

const log = pino();
const HIDDEN = /^(authorization|password|token)$/i;

function shown(value: Record<string, unknown>) {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, HIDDEN.test(key) ? "-" : item]));
}

function turned(value: Record<string, unknown>) {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, HIDDEN.test(key) ? item : "-"]));
}

const redact = (value: Record<string, unknown>) => copy(value);

function copy(value: Record<string, unknown>): Record<string, unknown> {
  return { ...value };
}

export function start(token: string): void {
  log.info(shown({ user: "demo", opener: token }), "started"); // expect: SA302
  log.info(turned({ user: "demo", token }), "started"); // expect: SA302
  log.info(redact({ user: "demo", token }), "started"); // expect: SA302
}

import pino from "pino";

const log = pino();
const HIDDEN = ["city"];
const SHOWN = new Set(["city", "ledger"]);

function but(given: Record<string, unknown>, names: string[]) {
  const copy = { ...given };
  names.forEach((name) => delete copy[name]);
  return copy;
}

export function settings() {
  const all: Record<string, unknown> = { city: "Oslo", ledger: process.env.LEDGER_TOKEN };
  log.info({ all: Object.fromEntries(Object.entries(all).filter(([name]) => name !== "city")) }, "settings"); // expect: SA302
  log.info({ all: Object.fromEntries(Object.entries(all).filter(([name]) => !HIDDEN.includes(name))) }, "settings"); // expect: SA302
  log.info({ all: Object.fromEntries(Object.entries(all).filter(([name]) => SHOWN.has(name))) }, "settings"); // expect: SA302
  log.info({ all: but(all, ["city"]) }, "settings"); // expect: SA302
}

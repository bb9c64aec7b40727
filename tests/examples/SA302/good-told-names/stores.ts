import pino from "pino";

const log = pino();

class Shelf {
  private held = new Map<string, unknown>();
  put(name: string, value: unknown) {
    this.held.set(name, value);
  }
  take<T>(name: string): T {
    return this.held.get(name) as T;
  }
}

const shelf = new Shelf();
shelf.put("city", "Oslo");
shelf.put("ledger", process.env.LEDGER_TOKEN);

export function tell() {
  log.info({ at: shelf.take<string>("city") }, "started");
}

function only(given: any, ...names: string[]) {
  const found: any = {};
  for (const name of names) found[name] = given[name];
  return found;
}

function but(given: object, ...names: string[]) {
  const copy: any = { ...given };
  for (const name of names) delete copy[name];
  return copy;
}

function less(given: any, name: string) {
  const { [name]: gone, ...others } = given;
  return others;
}

const PUBLIC = ["city", "street"];

export function settings() {
  const all = { city: "Oslo", ledger: process.env.LEDGER_TOKEN };
  log.info({ all: only(all, "city") }, "settings");
  log.info({ all: only(all, ...PUBLIC) }, "settings");
  log.info({ all: but(all, "ledger") }, "settings");
  log.info({ all: less(all, "ledger") }, "settings");
}

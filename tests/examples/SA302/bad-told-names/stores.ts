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

export function tell(name: string) {
  log.info({ at: shelf.take<string>("ledger") }, "started"); // expect: SA302
  log.info({ at: shelf.take<string>(name) }, "asked"); // expect: SA302
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

const PUBLIC = ["city", "ledger"];

export function settings() {
  const all = { city: "Oslo", ledger: process.env.LEDGER_TOKEN };
  log.info({ all: only(all, "city", "ledger") }, "settings"); // expect: SA302
  log.info({ all: only(all, ...PUBLIC) }, "settings"); // expect: SA302
  log.info({ all: but(all, "city") }, "settings"); // expect: SA302
}

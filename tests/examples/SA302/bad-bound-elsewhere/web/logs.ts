import pino from "pino";
import winston from "winston";
import bunyan from "bunyan";

const root = pino();
const token = process.env.SHELF_API_TOKEN;

export const child = root.child({ t: token }); // expect: SA302 HIGH
export function made() {
  return root.child({ t: token }); // expect: SA302 HIGH
}
export function forRequest(value: string | undefined) {
  return root.child({ t: value }); // expect: SA302 HIGH
}
export const plain = root.child({ module: "shelves" });
export const w = winston.createLogger().child({ t: token }); // expect: SA302 HIGH
export const b = bunyan.createLogger({ name: "x" }).child({ t: token }); // expect: SA302 HIGH
export const meta = winston.createLogger({ defaultMeta: { t: token } }); // expect: SA302 HIGH
export const base = pino({ base: { t: token } }); // expect: SA302 HIGH

export class Service {
  readonly log = root.child({ t: token }); // expect: SA302 HIGH
  readonly other = root.child({ name: "service" });
  private own: pino.Logger;
  constructor() {
    this.own = root.child({ t: token }); // expect: SA302 HIGH
  }
  work() {
    this.log.info("work");
    this.other.info("work");
    this.own.info("own");
  }
}

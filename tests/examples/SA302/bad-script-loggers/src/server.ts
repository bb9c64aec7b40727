import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { AsyncLocalStorage } from "node:async_hooks";
import { z } from "zod";
import type { Logger } from "pino";
import defaultLog, { bun, cached, cons, dbg, error, forModule, getLogger, holding, info, l4, levelled, logObject, makeLog, say, ts, win } from "./log/index.js";

const server = new McpServer({ name: "desk", version: "1.0.0" });
const log = makeLog("desk");
const warn = levelled("warn");
const child = forModule("desk");
const named = getLogger("desk");
const obj = logObject("desk");
const kept = cached("desk");
const store = new AsyncLocalStorage<{ log: Logger }>();
const ctxLog = () => store.getStore()?.log ?? defaultLog;

interface Options {
  logger?: Logger;
  onError?: (message: string, value?: unknown) => void;
}
class Service {
  #log: Logger;
  private log2;
  constructor({ logger = defaultLog }: Options, private k: string) {
    this.#log = logger.child({ s: 1 });
    this.log2 = logger;
  }
  run() {
    this.#log.info({ k: this.k }, "m"); // expect: SA302
    this.log2.info({ k: this.k }, "m"); // expect: SA302
  }
}
class Opt {
  constructor(private options: Options, private k: string) {}
  run() {
    this.options.logger?.warn(this.k); // expect: SA302
    this.options.onError?.("x", this.k); // expect: SA302
    (this.options.logger ?? console).info(this.k); // expect: SA302
  }
}
abstract class Base {
  protected readonly logger = forModule(this.constructor.name);
  protected trace(m: string, v: unknown) {
    this.logger.info({ v }, m);
  }
}
class Derived extends Base {
  go(v: string) {
    this.logger.info(v);
    this.trace("x", v);
    super.trace("x", v);
  }
}
function withDefault(v: string, logger: Logger = defaultLog) {
  logger.info({ v }, "m");
}
function withFn(v: string, out: (m: string) => void = console.error) {
  out(v);
}
function withOptions(v: string, { logger = defaultLog, report }: { logger?: Logger; report?: (x: string) => void } = {}) {
  logger.info({ v }, "m");
  report?.(v);
}
const createService = (deps: { log: (m: string) => void; logger: Logger }) => ({
  run(v: string) {
    deps.log(v);
    deps.logger.error({ v }, "m");
  },
  later: async (v: string) => {
    const { log: l } = deps;
    l(v);
  },
});
const curried = (level: "info" | "error") => (scope: string) => (value: unknown) => defaultLog[level]({ scope, value });

server.tool("open", { title: z.string() }, async ({ title }) => {
  const v = process.env.DESK_API_KEY!;
  log("m", v); // expect: SA302
  warn("m", v); // expect: SA302
  makeLog("x")("m", v); // expect: SA302
  child.info({ v }, "m"); // expect: SA302
  named.info(v); // expect: SA302
  named.child({ a: 1 }).child({ b: 2 }).warn({ v }); // expect: SA302
  obj.info("m", v); // expect: SA302
  obj.warn("m", v); // expect: SA302
  kept.info({ v }, "m"); // expect: SA302
  win.info("m", { v }); // expect: SA302
  win.log("info", "m", { v }); // expect: SA302
  win.log({ level: "info", message: v }); // expect: SA302
  bun.info({ v }, "m"); // expect: SA302
  bun.child({ a: 1 }).info({ v }, "m"); // expect: SA302
  dbg("m %s", v); // expect: SA302
  dbg.extend("y")("m %o", v); // expect: SA302
  l4.info("m", v); // expect: SA302
  cons.info("m", v); // expect: SA302
  cons.withTag("x").info("m", v); // expect: SA302
  ts.info("m", v); // expect: SA302
  ts.getSubLogger({ name: "y" }).info("m", v); // expect: SA302
  info("m", v); // expect: SA302
  error("m", v); // expect: SA302
  say({ v }); // expect: SA302
  holding.active().info({ v }); // expect: SA302
  holding.Holder.get().say("m", v); // expect: SA302
  holding.Holder.get().out.info({ v }); // expect: SA302
  ctxLog().info({ v }); // expect: SA302
  store.getStore()!.log.info({ v }); // expect: SA302
  curried("info")("x")(v); // expect: SA302
  const half = curried("error")("x");
  half(v); // expect: SA302
  console.error.call(console, v); // expect: SA302
  console.error.apply(console, [v]); // expect: SA302
  const b2 = defaultLog.child({ x: 1 }).info.bind(defaultLog);
  b2({ v }); // expect: SA302
  defaultLog.child({ v }).info("m"); // expect: SA302
  const held = defaultLog.child({ apiKey: v });
  held.info("n"); // expect: SA302
  win.child({ v }).info("m"); // expect: SA302
  new Service({}, v).run();
  new Opt({ logger: defaultLog, onError: (m, x) => console.error(m, x) }, v).run();
  new Derived().go(v); // expect: SA302
  withDefault(v); // expect: SA302
  withFn(v); // expect: SA302
  withOptions(v, { report: console.error }); // expect: SA302
  const s = createService({ log: console.log, logger: defaultLog });
  s.run(v); // expect: SA302
  await s.later(v); // expect: SA302
  return { content: [{ type: "text", text: title }] };
});
await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

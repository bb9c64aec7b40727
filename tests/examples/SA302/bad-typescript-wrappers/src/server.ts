import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { z } from "zod";
import { Logger, logging, recall, root as out } from "./log/index.js";
import { logTrail as footprint } from "./trail.js";

const server = new McpServer({ name: "desk", version: "1.0.0" });
const logger = new Logger("desk");

interface Deps {
  logger: Logger;
}

class Tickets {
  private readonly logger: Logger;
  constructor(private readonly deps: Deps, private readonly k: string) {
    this.logger = deps.logger;
  }
  open() {
    this.logger.info("open", this.k); // expect: SA302
    this.deps.logger.warn(`open ${this.k}`); // expect: SA302
    setTimeout(() => this.logger.info(this.k), 10); // expect: SA302
  }
}

function inject(log: { info(m: string): void }, v: string) {
  log.info(v);
}

server.tool("open", { title: z.string(), level: z.enum(["info", "warn"]) }, async ({ title, level }) => {
  const v = process.env.DESK_API_KEY!;
  logger.info("key", v); // expect: SA302
  logger.warn("key", { v }); // expect: SA302
  out.info({ v }, "key"); // expect: SA302
  out.child({ scope: "x" }).info({ v }, "key"); // expect: SA302
  out[level]({ v }, "key"); // expect: SA302
  recall("key", v); // expect: SA302
  logging.remember("key", v); // expect: SA302
  console.error(v); // expect: SA302
  console[level === "warn" ? "warn" : "info"](v); // expect: SA302
  const bound = out.info.bind(out);
  bound(v); // expect: SA302
  const quick = console.log;
  quick(v); // expect: SA302
  process.stderr.write(`key ${v}\n`); // expect: SA302
  footprint(v); // expect: SA302
  inject(out, v); // expect: SA302
  new Tickets({ logger }, v).open();
  return { content: [{ type: "text", text: title }] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";
import { z } from "zod";

const log = pino();
const server = new McpServer({ name: "maps", version: "1.0.0" });
const { MAPS_API_KEY, SMTP_PASSWORD: post, REGION } = process.env;
const settings = { region: REGION, inner: { k: process.env.MAPS_SECRET } };
class Client {
  private k: string;
  constructor(private readonly other: string, k: string) {
    this.k = k;
  }
  show() {
    log.info({ x: this.k }, "show"); // expect: SA302
    log.info({ x: this.other }, "show"); // expect: SA302
    return `Client(${this.k})`;
  }
}

const same = (x: string) => x;
const get = async () => process.env.MAPS_API_KEY!;

server.tool("route", { from: z.string() }, async ({ from }) => {
  const a = process.env.MAPS_API_KEY!;
  const b = process.env["MAPS_SECRET"] || "none";
  log.info(`one ${a}`); // expect: SA302 HIGH
  log.info("two " + b); // expect: SA302
  log.info("three %s", a); // expect: SA302
  log.info({ a }, "four"); // expect: SA302
  log.info({ x: { y: a } }, "five"); // expect: SA302
  log.info(JSON.stringify({ a })); // expect: SA302
  log.info(MAPS_API_KEY); // expect: SA302
  log.info({ p: post }, "six"); // expect: SA302
  log.info({ settings }, "seven"); // expect: SA302
  log.info({ ...settings }, "eight"); // expect: SA302
  log.info(settings.inner.k); // expect: SA302
  const { inner } = settings;
  log.info({ inner }, "nine"); // expect: SA302
  const { inner: { k: deep } } = settings;
  log.info({ deep }, "ten"); // expect: SA302
  const list = [a, from];
  const [first] = list;
  log.info(first); // expect: SA302
  log.info(list.join(",")); // expect: SA302
  log.info(same(a)); // expect: SA302
  log.info(await get()); // expect: SA302
  log.info(a ? a : "unset"); // expect: SA302
  log.info(Buffer.from(a).toString("base64")); // expect: SA302
  log.debug({ a }, "twelve"); // expect: SA302 MEDIUM
  let c = "key=";
  c += a;
  log.info(c); // expect: SA302
  const client = new Client(a, b);
  log.info(client.show()); // expect: SA302
  log.info(Object.assign({}, settings)); // expect: SA302
  for (const v of [a]) log.info(v); // expect: SA302
  return { content: [{ type: "text", text: from }] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

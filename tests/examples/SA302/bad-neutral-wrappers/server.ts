import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";
import { curried, deeper, made, say, trail } from "./notes.js";

const log = pino();
const server = new McpServer({ name: "mini", version: "1.0.0" });
class Tickets {
  private show = (m: string) => trail(m);
  constructor(private readonly k: string) {}
  open() {
    this.show(this.k); // expect: SA302
  }
}
const { info } = made;

server.tool("go", {}, async () => {
  const v = process.env.MINI_API_KEY!;
  made.info(v); // expect: SA302
  info(v); // expect: SA302
  say(v); // expect: SA302
  curried("x")(v); // expect: SA302
  trail(v); // expect: SA302
  deeper(v); // expect: SA302
  new Tickets(v).open();
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

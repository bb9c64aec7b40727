import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";

const log = pino();
const server = new McpServer({ name: "mini", version: "1.0.0" });
interface Options { region: string; apiKey?: string; maxTokens: number }
class Client {
  #token: string;
  constructor(token: string) { this.#token = token; }
}
class Spoken {
  constructor(readonly token: string) {}
  toJSON() { return {}; }
}
function open(options: Options) {
  const { apiKey, ...rest } = options;
  log.info({ rest }, "open");
  log.info({ options: { ...options, apiKey: "[redacted]" } }, "open");
  log.info(`open ${JSON.stringify(options, ["region"])}`);
}

server.tool("go", {}, async () => {
  log.info("went");
  open({ region: "eu", maxTokens: 5 });
  log.info({ client: new Client(""), spoken: new Spoken("") }, "made");
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";

const log = pino();
const server = new McpServer({ name: "mini", version: "1.0.0" });
interface Options { region: string; apiKey?: string }
class Client { constructor(readonly name: string, private readonly token: string) {} }
function open(options: Options) {
  log.info({ options }, "open"); // expect: SA304 MEDIUM
  log.info(`open ${JSON.stringify(options)}`); // expect: SA304
  log.info(`open ${options}`);
}

server.tool("go", {}, async () => {
  log.info("went");
  open({ region: "eu" });
  const client = new Client("mini", "");
  console.error("client", client); // expect: SA304
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

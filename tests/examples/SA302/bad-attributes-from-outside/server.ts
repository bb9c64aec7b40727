import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";

const log = pino();
const server = new McpServer({ name: "mini", version: "1.0.0" });
class Client {
  static shared = process.env.SHARED_SECRET;
  constructor(readonly k: string) {}
}

server.tool("go", {}, async () => {
  const client = new Client(process.env.MINI_API_KEY!);
  log.info({ x: client.k }, "go"); // expect: SA302
  log.info({ x: Client.shared }, "go"); // expect: SA302
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

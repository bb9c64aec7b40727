import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import type { Chosen, Config, Plain } from "./config.js";

const server = new McpServer({ name: "desk", version: "1.0.0" });

export class Runner {
  private kept: Config;
  constructor(
    { config }: { config: Config },
    private readonly plain: Plain,
    private readonly chosen: Chosen,
  ) {
    this.kept = config;
  }
  start() {
    console.error("configuration", JSON.stringify(this.kept, null, 2)); // expect: SA304
    console.error("region", this.kept.region);
    console.error("plain", this.plain);
    console.error("chosen", this.chosen);
  }
}

export function show(config: Config, plain: Plain) {
  server.close();
  console.error("configuration", config); // expect: SA304
  console.error("plain", plain);
  const { apiKey, ...rest } = config;
  console.error("rest", rest, Boolean(apiKey));
}

server.tool("go", {}, async () => {
  console.error("went");
  return { content: [] };
});
await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

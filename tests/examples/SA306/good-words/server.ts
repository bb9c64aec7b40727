import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

const SERVICE_TOKEN = Symbol("Service");

class Container {
  private readonly services = new Map<symbol, unknown>();

  resolve<T>(token: symbol): T {
    const found = this.services.get(token);
    if (found === undefined) {
      throw new Error(`Service not registered: ${String(token)}`);
    }
    return found as T;
  }
}

class Stream {
  resume(resumptionToken: string): void {
    throw new Error(`cannot resume at ${resumptionToken}`);
  }
}

const container = new Container();
const server = new McpServer({ name: "mini", version: "1.0.0" });

server.tool("go", {}, async () => {
  container.resolve(SERVICE_TOKEN);
  new Stream().resume("12");
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

function note(level: string, text: string): void {
  console.error(`${level} ${text}`); // expect: SA201 MEDIUM
}

const server = new McpServer({ name: "wrapper", version: "1.0.0" });

server.tool("go", {}, async () => {
  note("info", "go");
  note("info", "going");
  note("info", "gone");
  return { content: [] };
});

console.error("started");
await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

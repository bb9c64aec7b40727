import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

const server = new McpServer({ name: "desk", version: "1.0.0" });
const calls = new Map<string, number>();

function requireFewCalls(sessionId: string) {
  const count = (calls.get(sessionId) ?? 0) + 1;
  calls.set(sessionId, count);
  if (calls.get(sessionId)! > 100) throw new Error("too many calls");
}

server.registerTool("list_notes", {}, async (extra: any) => { // expect: SA106
  requireFewCalls(extra.sessionId);
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

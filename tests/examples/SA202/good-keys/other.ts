import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { z } from "zod";

const server = new McpServer({ name: "mini", version: "1.0.0" });

function store(fields: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(fields)) {
    if (key === "count") console.error(`count ${value}`);
  }
}

server.tool("change", { count: z.number(), title: z.string() }, async ({ count, title }) => {
  store({ count, title });
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

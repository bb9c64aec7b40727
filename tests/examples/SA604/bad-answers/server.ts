import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { z } from "zod";

const server = new McpServer({ name: "mini", version: "1.0.0" });

server.tool("dump", {}, async () => {
  return {
    content: [
      { type: "text", text: JSON.stringify(process.env) }, // expect: SA604 HIGH
    ],
  };
});

server.registerTool("verify", { inputSchema: { id: z.string() } }, async ({ id }) => {
  const key = process.env.MINI_API_KEY;
  return { content: [{ type: "text", text: `refused ${id} with ${key}` }], isError: true }; // expect: SA604
});

server.registerResource("config", "config://server", {}, async (uri) => ({
  contents: [{ uri: uri.href, text: `key=${process.env.MINI_API_KEY}` }], // expect: SA604
}));

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { z } from "zod";

const server = new McpServer({ name: "mini", version: "1.0.0" });

server.tool("has", {}, async () => ({
  content: [{ type: "text", text: JSON.stringify({ set: Boolean(process.env.MINI_API_KEY) }) }],
}));

server.tool("call", { id: z.string() }, async ({ id }) => {
  const answer = await fetch(`https://api.example.test/${id}`, {
    headers: { Authorization: `Bearer ${process.env.MINI_API_KEY}` },
  });
  return { content: [{ type: "text", text: await answer.text() }] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

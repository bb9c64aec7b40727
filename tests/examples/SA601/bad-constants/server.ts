import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { z } from "zod";

async function pages(owner: string, kind: string): Promise<string> {
  if (kind === "site") {
    const answer = await fetch(`https://${owner}/`); // expect: SA601
    return answer.text();
  }
  const answer = await fetch(`https://api.example.test/?owner=${encodeURIComponent(owner)}`);
  return answer.text();
}

const server = new McpServer({ name: "mini", version: "1.0.0" });

server.tool("read", { owner: z.string() }, async ({ owner }) => ({
  content: [{ type: "text", text: await pages(owner, "site") }],
}));

await pages("start", "site");
await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

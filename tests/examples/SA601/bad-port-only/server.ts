import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { z } from "zod";

const server = new McpServer({ name: "pages", version: "1.0.0" });

server.tool("fetch_page", { address: z.string() }, async ({ address }) => {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || url.port !== "") throw new Error("no port");
  const answer = await fetch(url); // expect: SA601
  return { content: [{ type: "text", text: await answer.text() }] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

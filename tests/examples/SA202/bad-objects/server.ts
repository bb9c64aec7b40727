import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { z } from "zod";

interface Found {
  query: string;
  pages: string[];
}

async function search(query: string): Promise<Found> {
  return { query, pages: [query] };
}

function heading(query: string): string {
  return `heading ${query}`;
}

const server = new McpServer({ name: "mini", version: "1.0.0" });

server.tool("search", { words: z.string() }, async ({ words }) => {
  const found = await search(words);
  console.error("found", found.query); // expect: SA202
  console.error("found", heading(words)); // expect: SA202
  console.error(`found ${found.pages[0]}`); // expect: SA202
  console.error("first", found.pages.join(" ")); // expect: SA202
  console.error("failed", new Error(`no page for ${words}`)); // expect: SA202
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

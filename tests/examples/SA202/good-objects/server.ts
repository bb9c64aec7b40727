import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { z } from "zod";

interface Found {
  query: string;
  pages: string[];
}

async function search(query: string): Promise<Found> {
  if (!query) return { query, pages: [] };
  return { query, pages: [query] };
}

function report(found: Found): number {
  console.error("report", found);
  return found.pages.length;
}

const server = new McpServer({ name: "mini", version: "1.0.0" });

server.tool("search", { words: z.string() }, async ({ words }) => {
  const found = await search(words);
  console.error("found", found);
  console.error(found);
  console.error("listed", [words]);
  return { content: [{ type: "text", text: String(report(found)) }] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { z } from "zod";

const server = new McpServer({ name: "shelves", version: "1.0.0" });

class StoreError extends Error {
  constructor(readonly status: number, readonly answer: string) {
    super(`store answered ${status}`);
  }
}

async function load(): Promise<unknown> {
  const res = await fetch("https://store.example.test/books");
  if (!res.ok) throw new StoreError(res.status, await res.text());
  return res.json();
}

function requireWord(word: string): void {
  if (word.includes("/")) throw new Error(`bad word ${JSON.stringify(word)}`);
}

server.tool("find", { word: z.string() }, async ({ word }) => {
  try {
    requireWord(word);
    await load();
  } catch (error) {
    console.error(`failed: ${error}`);
    console.error("failed: " + (error instanceof Error ? error.message : String(error)));
  }
  await load().catch((error) => console.error(`later: ${error.message}`));
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

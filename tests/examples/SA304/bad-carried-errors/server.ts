import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

const server = new McpServer({ name: "shelves", version: "1.0.0" });

async function shelf(): Promise<unknown> {
  const res = await fetch("https://store.example.test/shelf");
  if (!res.ok) throw new Error(await res.text());
  return res.json();
}

async function book(): Promise<unknown> {
  const res = await fetch("https://store.example.test/book");
  if (!res.ok) throw new Error("book: " + (await res.text()));
  return res.json();
}

async function page(): Promise<unknown> {
  const res = await fetch("https://store.example.test/page");
  if (!res.ok) throw new Error(`HTTP ${res.status}`);
  return res.json();
}

async function watched<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    console.error("failed", (error as Error).message); // expect: SA304 LOW
    return undefined;
  }
}

server.tool("shelf", {}, async () => {
  await watched(async () => shelf());
  return { content: [] };
});

server.tool("book", {}, async () => {
  await book().catch((error) => console.error("later", error)); // expect: SA304 LOW
  return { content: [] };
});

server.tool("page", {}, async () => {
  await page().catch((error) => console.error("later", error));
  try {
    await page();
  } catch (error) {
    console.error(String(error));
  }
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { z } from "zod";
import { Client, handlers, later, requireWord } from "./client.js";

const server = new McpServer({ name: "shelves", version: "1.0.0" });
const client = new Client();

server.tool("shelf", {}, async () => {
  try {
    return { content: [{ type: "text", text: String(await client.shelf()) }] };
  } catch (e: any) {
    console.error(e.message); // expect: SA304 LOW
    return { content: [] };
  }
});

server.tool("book", {}, async () => {
  try {
    return { content: [{ type: "text", text: String(await client.book()) }] };
  } catch (e) {
    console.error(`book failed: ${e}`); // expect: SA202 LOW
    return { content: [] };
  }
});

server.tool("code", {}, async () => {
  try {
    return { content: [{ type: "text", text: String(await client.code()) }] };
  } catch (e) {
    console.error(`code failed: ${e}`);
    return { content: [] };
  }
});

server.tool("word", { word: z.string() }, async ({ word }) => {
  try {
    requireWord(word);
  } catch (e) {
    console.error("refused: " + (e instanceof Error ? e.message : String(e))); // expect: SA202 MEDIUM
  }
  return { content: [] };
});

server.tool("constant", {}, async () => {
  try {
    requireWord("fixed");
  } catch (e) {
    console.error("refused: " + (e instanceof Error ? e.message : String(e)));
  }
  return { content: [] };
});

server.tool("named", { word: z.string() }, async ({ word }) => {
  try {
    requireWord(word);
  } catch (e) {
    console.error("refused: " + (e as Error).name);
  }
  return { content: [] };
});

server.tool("caught", {}, async () => {
  await client.shelf().catch((e) => console.error(`caught ${e.message}`));
  return { content: [] };
});

server.tool("later", { word: z.string() }, async ({ word }) => {
  try {
    await later(word);
  } catch (e) {
    console.error(`later ${(e as Error).message}`); // expect: SA202 MEDIUM
  }
  return { content: [] };
});

server.tool("table", { name: z.string(), word: z.string() }, async ({ name, word }) => {
  try {
    return await handlers[name]({ word });
  } catch (e) {
    console.error(`table ${(e as Error).message}`);
    return { content: [] };
  }
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { readFile } from "node:fs/promises";
import { look } from "./work.js";

const server = new McpServer({ name: "mini", version: "1.0.0" });

function failure(error: unknown) {
  return { isError: true, content: [{ type: "text" as const, text: String(error) }] };
}

server.tool("answered", {}, async () => {
  console.error("answered");
  try {
    return { content: [{ type: "text", text: await look() }] };
  } catch (error) {
    return failure(error);
  }
});

server.tool("marked", {}, async () => {
  console.error("marked");
  try {
    return { content: [{ type: "text", text: await look() }] };
  } catch {
    return { isError: true, content: [] };
  }
});

server.tool("absent", {}, async () => {
  console.error("absent");
  try {
    return { content: [{ type: "text", text: await readFile("/srv/notes", "utf8") }] };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { content: [] };
    throw error;
  }
});

server.tool("parsed", {}, async () => {
  const text = await look();
  console.error("parsed");
  try {
    return { content: [{ type: "text", text: JSON.parse(text).summary }] };
  } catch {
    return { content: [{ type: "text", text }] };
  }
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

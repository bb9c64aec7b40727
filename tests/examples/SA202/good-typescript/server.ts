import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { z } from "zod";

const server = new McpServer({ name: "files", version: "1.0.0" });
const oneLine = (text: string) => text.replace(/[\r\n]+/g, " ");
const escaped = (text: string) => JSON.stringify(text);

server.tool(
  "read",
  { path: z.string() },
  async ({ path }) => {
    console.error(`reading ${oneLine(path)}`);
    console.error(`reading ${escaped(path)}`);
    console.error(`reading ${encodeURIComponent(path)}`);
    console.error(`reading ${path.length} characters`);
    console.error(`number ${Number(path)} ${parseInt(path, 10)}`);
    console.error(path ? "a path" : "no path");
    console.error(JSON.stringify({ event: "read", path }));
    try {
      return { content: [] };
    } catch (error) {
      console.error(`failed: ${error instanceof Error ? error.message : String(error)}`);
      console.error("failed", error);
      return { content: [] };
    }
  },
);

console.error(`listening on ${process.env.PORT}`);
await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

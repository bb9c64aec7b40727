import { readFile } from "node:fs/promises";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { z } from "zod";

const server = new McpServer({ name: "desk", version: "1.0.0" });

server.registerTool("read_note", { inputSchema: { name: z.string() } }, async ({ name }) => { // expect: SA107
  const text = await readFile(`/srv/notes/${name}`, "utf8");
  return { content: [{ type: "text", text }] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

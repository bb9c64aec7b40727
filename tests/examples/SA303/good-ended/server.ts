import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { z } from "zod";

const server = new McpServer({ name: "shelf", version: "1.0.0" });

server.tool("lend", { words: z.string() }, async (args) => {
  console.info("lent");
  if (!args.words) return { content: [] };
  throw new Error("not built yet");

  console.info("lending", args);
  return { content: [] };
});
server.tool("renew", { words: z.string() }, async (args) => {
  return Promise.resolve({ content: [] })
    .then((answer) => answer)
    .finally(() => console.info("renewed"));

  console.info("renewing", args);
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

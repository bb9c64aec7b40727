import { exec } from "node:child_process";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { z } from "zod";

const server = new McpServer({ name: "deferred", version: "1.0.0" });

server.registerTool("run", { inputSchema: { text: z.string() } }, async ({ text }) => {
  ["uptime"].forEach((one) => exec(one));
  setTimeout(exec, 10, "uptime");
  exec.call(null, "uptime");
  [text].map(String).filter(Boolean).forEach((one) => one.trim());
  Promise.resolve(text).then(encodeURIComponent);
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

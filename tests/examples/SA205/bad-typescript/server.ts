import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { look } from "./work.js";

const server = new McpServer({ name: "mini", version: "1.0.0" });

server.tool("quiet", {}, async () => {
  console.error("quiet");
  try {
    return { content: [{ type: "text", text: await look() }] };
  } catch { // expect: SA205
    return { content: [] };
  }
});

server.tool("unused", {}, async () => {
  console.error("unused");
  let text = "";
  try {
    text = await look();
  } catch (e) {
    text = "";
  }
  return { content: [{ type: "text", text }] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { recorded, registerAudited } from "./audit.js";

const server = new McpServer({ name: "mini", version: "1.0.0" });

async function one() {
  return { content: [] };
}

server.registerTool("one", {}, recorded("one", one));
server.tool("two", {}, recorded("two", async () => ({ content: [] })));
registerAudited(server, "three", async () => ({ content: [] }));
const tools = { four: async () => ({ content: [] }), five: async () => ({ content: [] }) };
for (const [name, run] of Object.entries(tools)) {
  server.registerTool(name, {}, recorded(name, run));
}

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

import { createHash } from "node:crypto";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";

const server = new Server({ name: "clock", version: "1.0.0" }, { capabilities: { tools: {} } });
const TOOLS = [{ name: "current_time", description: "The time", inputSchema: { type: "object", properties: {} } }];
let pinned = "";

server.setRequestHandler(ListToolsRequestSchema, async () => {
  const hash = createHash("sha256").update(JSON.stringify(TOOLS)).digest("hex");
  if (pinned && pinned !== hash) console.error(`tool surface changed: ${hash}`);
  pinned = hash;
  return { tools: TOOLS };
});
server.setRequestHandler(CallToolRequestSchema, async () => ({ content: [] }));
await server.connect(new StdioServerTransport());

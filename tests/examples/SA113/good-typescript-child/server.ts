import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import pino from "pino";

const root = pino();
const server = new McpServer({ name: "mini", version: "1.0.0" });
server.registerTool("one", {}, async (args, extra) => {
  const log = root.child({ sessionId: extra.sessionId });
  log.info({ event: "tool_call" });
  return { content: [] };
});

import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { logger } from "./logger.js";

const server = new Server({ name: "mini", version: "1.0.0" }, { capabilities: { tools: {} } });
server.setRequestHandler(ListToolsRequestSchema, async () => ({ tools: [{ name: "go", inputSchema: { type: "object" } }] }));
server.setRequestHandler(CallToolRequestSchema, async (request) => {
  const { name, arguments: args } = request.params;
  logger.info(`calling ${name}`, args); // expect: SA303 LOW
  if (name === "go") return { content: [{ type: "text", text: String(Object.keys(args ?? {}).length) }] };
  throw new Error("unknown tool");
});
await server.connect(new StdioServerTransport());
logger.info("ready");

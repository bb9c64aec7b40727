import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { Tools } from "./tools.js";

const server = new McpServer({ name: "mini", version: "1.0.0" });
const tools = new Tools();

server.tool("one", {}, async () => ({ content: [] })); // expect: SA105
server.tool("two", {}, tools.two);
server.registerTool("three", {}, async () => tools.three());
server.registerTool("four", {}, async () => {
  console.error("four");
  return { content: [] };
});
server.registerTool("five", {}, async () => tools.five());

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";

const server = new McpServer({ name: "mini", version: "1.0.0" });
server.registerTool("one", {}, async () => { // expect: SA110
  try {
    return { content: [] };
  } catch (error) {
    console.error("one failed", error);
    return { isError: true, content: [] };
  }
});
await server.connect(new StdioServerTransport());
console.error("ready");

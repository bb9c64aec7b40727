import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";

export const first = new McpServer({ name: "first", version: "1.0.0" });

first.tool("status", {}, async () => {
  return { content: [{ type: "text", text: `token ${process.env.LEDGER_TOKEN}` }] }; // expect: SA604
});

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";

export const second = new McpServer({ name: "second", version: "1.0.0" });

second.tool("status", {}, async () => {
  return { content: [{ type: "text", text: `the token is ${process.env.LEDGER_TOKEN}` }] }; // expect: SA604
});

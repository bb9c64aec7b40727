import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { z } from "zod";

const server = new McpServer({ name: "notes", version: "1.0.0" });

server.tool("add", { title: z.string(), content: z.string() }, async (args) => {
  console.error("add", args); // expect: SA303 LOW
  console.error("add", JSON.stringify(args)); // expect: SA303 LOW
  console.error(`add ${JSON.stringify(args)}`); // expect: SA303 LOW
  return { content: [] };
});

await server.connect(new StdioServerTransport());

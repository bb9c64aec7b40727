#!/usr/bin/env node
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { Work } from "./work.js";

const server = new McpServer({ name: "chatty", version: "1.0.0" });
const work = new Work();

server.tool("go", {}, async () => {
  console.log("called"); // expect: SA204
  console.info("called"); // expect: SA204
  console.debug("called"); // expect: SA204
  process.stdout.write("called\n"); // expect: SA204
  console.table([{ called: true }]); // expect: SA204
  work.run();
  return { content: [] };
});

async function main() {
  console.log("starting"); // expect: SA204
  await server.connect(new StdioServerTransport());
  console.log("serving"); // expect: SA204
}

main().catch((error) => console.error(error));

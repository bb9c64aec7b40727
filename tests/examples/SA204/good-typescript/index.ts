#!/usr/bin/env node
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import pino from "pino";

const log = pino(pino.destination(2));
const server = new McpServer({ name: "quiet", version: "1.0.0" });

server.tool("go", {}, async () => {
  log.info("called");
  console.error("called");
  console.warn("called");
  process.stderr.write("called\n");
  return { content: [] };
});

function usage() {
  console.log("usage: quiet [--help]");
}

async function main() {
  if (process.argv.includes("--help")) {
    usage();
    process.exit(0);
  }
  if (process.argv[2] === "init") {
    console.log("wrote quiet.json");
    return;
  }
  await server.connect(new StdioServerTransport());
  console.error("serving");
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});

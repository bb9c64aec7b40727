import fs from "node:fs/promises";
import path from "node:path";
import pino from "pino";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";

const log = pino();
const server = new McpServer({ name: "files", version: "1.0.0" });

server.tool("write", { name: z.string(), content: z.string() }, async ({ name, content }) => {
  await fs.writeFile(path.resolve(name), content); // expect: SA108 MEDIUM
  log.info({ event: "file_write" });
  return { content: [{ type: "text", text: "done" }] };
});

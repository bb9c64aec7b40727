import fs from "node:fs/promises";
import path from "node:path";
import pino from "pino";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";

const log = pino();
const server = new McpServer({ name: "files", version: "1.0.0" });
const ROOT = path.resolve("/srv/data");
const PATTERNS = [/\.env/, /\.git\//, /\.ssh\//, /node_modules\//];

function isProtected(target: string): boolean {
  return PATTERNS.some((pattern) => pattern.test(target));
}

function refuse(target: string): void {
  if (!PATTERNS.some((pattern) => pattern.test(target))) return;
  log.warn({ event: "write_to_protected_path" });
  throw new Error("protected path");
}

server.tool("write", { name: z.string(), content: z.string() }, async ({ name, content }) => {
  if (isProtected(name)) {
    log.warn({ event: "write_to_protected_path" });
    throw new Error("protected path");
  }
  await fs.writeFile(path.join(ROOT, name), content);
  return { content: [{ type: "text", text: "done" }] };
});

server.tool("append", { name: z.string(), content: z.string() }, async ({ name, content }) => {
  refuse(name);
  await fs.appendFile(path.join(ROOT, name), content);
  return { content: [{ type: "text", text: "done" }] };
});

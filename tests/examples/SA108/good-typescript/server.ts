import fs from "node:fs/promises";
import path from "node:path";
import pino from "pino";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";

const log = pino();
const server = new McpServer({ name: "files", version: "1.0.0" });
const ROOT = path.resolve("/srv/data");
const PROTECTED = [".env", ".git", ".ssh", ".github", "node_modules"];

function refuseProtected(target: string): void {
  if (target.split(path.sep).some((part) => PROTECTED.includes(part))) {
    log.warn({ event: "protected_path_blocked" });
    throw new Error("protected path");
  }
}

server.tool("write", { name: z.string(), content: z.string() }, async ({ name, content }) => {
  const target = path.resolve(ROOT, name);
  if (!target.startsWith(ROOT + path.sep)) throw new Error("outside");
  refuseProtected(target);
  log.info({ event: "file_write" });
  await fs.writeFile(target, content);
  return { content: [{ type: "text", text: "done" }] };
});

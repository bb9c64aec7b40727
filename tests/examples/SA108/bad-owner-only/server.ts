import fs from "node:fs/promises";
import path from "node:path";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";

const server = new McpServer({ name: "notes", version: "1.0.0" });
const ROOT = path.resolve("/srv/data");
const OWNER = process.env.OWNER ?? "nobody";

function locate(name: string) {
  const target = path.resolve(ROOT, name);
  const inside = path.relative(ROOT, target).split(path.sep);
  if (inside[0] === "..") throw new Error("no such note");
  return { owner: inside[0], target };
}

server.tool("write", { name: z.string(), content: z.string() }, async ({ name, content }) => {
  const note = locate(name);
  if (note.owner !== OWNER) throw new Error("no such note");
  await fs.writeFile(note.target, content); // expect: SA108 LOW
  return { content: [{ type: "text", text: "done" }] };
});

import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
import { validatePath } from "./validation.js";

const server = new McpServer({ name: "files", version: "1.0.0" });
const ROOT = path.resolve(process.argv[2] ?? process.cwd());
const text = (value: unknown) => ({ content: [{ type: "text" as const, text: String(value) }] });

function inside(name: string): string {
  const target = path.resolve(ROOT, name);
  const relative = path.relative(ROOT, target);
  if (relative.startsWith("..") || path.isAbsolute(relative)) {
    throw new Error("outside");
  }
  return target;
}

const isInside = (target: string) => target === ROOT || target.startsWith(ROOT + path.sep);

async function readAll(file: string): Promise<string> {
  return fs.readFile(file, "utf8");
}

server.tool("one", { name: z.string() }, async ({ name }) => {
  const target = path.resolve(ROOT, name);
  if (!target.startsWith(ROOT + path.sep)) throw new Error("outside");
  return text(await fs.readFile(target, "utf8"));
});

server.tool("two", { name: z.string() }, async ({ name }) => text(await fs.readFile(inside(name), "utf8")));

server.tool("three", { name: z.string() }, async ({ name }) => {
  const target = path.resolve(ROOT, name);
  if (!isInside(target)) return text("refused");
  return text(await fs.readFile(target, "utf8"));
});

server.tool("four", { name: z.string() }, async ({ name }) => {
  const valid = await validatePath(name);
  return text(await readAll(valid));
});

server.tool("five", { name: z.string() }, async ({ name }) => {
  return text(await fs.readFile(path.join(ROOT, path.basename(name)), "utf8"));
});

server.tool("six", { name: z.string() }, async ({ name }) => {
  const safe = name.replace(/[^a-zA-Z0-9_-]/g, "_");
  await fs.writeFile(path.join(ROOT, `${safe}.txt`), "x");
  return text("done");
});

server.tool("seven", { name: z.enum(["a", "b"]), number: z.number() }, async ({ name, number }) => {
  return text(await fs.readFile(path.join(ROOT, name, String(number)), "utf8"));
});

server.tool("eight", { names: z.array(z.string()) }, async ({ names }) => {
  const parts = await Promise.all(
    names.map(async (name) => {
      const valid = await validatePath(name);
      return fs.readFile(valid, "utf8");
    }),
  );
  return text(parts.join(""));
});

server.tool("nine", { content: z.string() }, async ({ content }) => {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "x-"));
  await fs.writeFile(path.join(folder, "out.txt"), content);
  return text("done");
});

server.tool("ten", { name: z.string() }, async ({ name }) => {
  const known = await fs.readdir(ROOT);
  if (!known.includes(name)) throw new Error("unknown");
  return text(await fs.readFile(path.join(ROOT, name), "utf8"));
});

import fs from "node:fs";
import * as fsp from "node:fs/promises";
import { readFile } from "node:fs/promises";
import path from "node:path";
import express from "express";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { McpServer, ResourceTemplate } from "@modelcontextprotocol/sdk/server/mcp.js";
import { CallToolRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { z } from "zod";

const server = new McpServer({ name: "files", version: "1.0.0" });
const low = new Server({ name: "low", version: "1.0.0" }, { capabilities: { tools: {} } });
const app = express();
const ROOT = path.resolve(process.env.ROOT ?? "/srv/data");
const text = (value: unknown) => ({ content: [{ type: "text" as const, text: String(value) }] });

class Store {
  constructor(private root: string) {}

  file(name: string): string {
    return path.join(this.root, `${name}.json`);
  }

  async load(name: string): Promise<string> {
    return readFile(this.file(name), "utf8"); // expect: SA603 HIGH
  }
}

const store = new Store(ROOT);

server.tool("read", { name: z.string() }, async ({ name }) => {
  return text(fs.readFileSync(path.join(ROOT, name), "utf8")); // expect: SA603 HIGH
});

server.tool("write", { name: z.string(), content: z.string() }, async ({ name, content }) => {
  const target = path.resolve(ROOT, name);
  await fsp.mkdir(path.dirname(target), { recursive: true });
  await fsp.writeFile(target, content); // expect: SA603 HIGH
  return text("done");
});

server.tool("load", { name: z.string() }, async ({ name }) => text(await store.load(name)));

server.tool("remove", { name: z.string() }, async (args) => {
  fs.rmSync(args.name, { recursive: true }); // expect: SA603 HIGH
  return text("done");
});

server.tool("move", { from: z.string(), to: z.string() }, async ({ from, to }) => {
  await fsp.rename(from, to); // expect: SA603 HIGH
  return text("done");
});

server.tool("stream", { name: z.string() }, async ({ name }) => {
  fs.createReadStream(name).pipe(process.stderr); // expect: SA603 HIGH
  return text("done");
});

server.tool("beside", { name: z.string() }, async ({ name }) => {
  const target = path.resolve(ROOT, name);
  if (!target.startsWith(ROOT)) throw new Error("outside");
  return text(await readFile(target, "utf8")); // expect: SA603 MEDIUM
});

server.tool("dots", { name: z.string() }, async ({ name }) => {
  if (name.includes("..")) throw new Error("outside");
  return text(await readFile(name, "utf8")); // expect: SA603 MEDIUM
});

server.tool("ended", { name: z.string() }, async ({ name }) => {
  if (path.extname(name) !== ".txt") throw new Error("suffix");
  return text(await readFile(name, "utf8")); // expect: SA603 HIGH
});

server.tool("warned", { name: z.string() }, async ({ name }) => {
  const target = path.resolve(ROOT, name);
  if (!target.startsWith(ROOT + path.sep)) console.error("outside");
  return text(await readFile(target, "utf8")); // expect: SA603 HIGH
});

server.resource("note", new ResourceTemplate("note://{name}", { list: undefined }), async (uri, { name }) => {
  return { contents: [{ uri: uri.href, text: await readFile(`notes/${name}`, "utf8") }] }; // expect: SA603 HIGH
});

low.setRequestHandler(CallToolRequestSchema, async (request) => {
  const { name, arguments: args } = request.params;
  switch (name) {
    case "show":
      return text(await readFile(args!.file as string, "utf8")); // expect: SA603 HIGH
    default:
      throw new Error(name);
  }
});

app.get("/files/:name", (req, res) => {
  res.sendFile(path.join(ROOT, req.params.name)); // expect: SA603 HIGH
});

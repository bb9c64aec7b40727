import path from "node:path";
import { execSync } from "node:child_process";
import { execaCommand } from "execa";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { exec } from "tinyexec";
import { z } from "zod";

const server = new McpServer({ name: "lines", version: "1.0.0" });
const text = (value: unknown) => ({ content: [{ type: "text" as const, text: String(value) }] });
const shape = { name: z.string() };

// no shell: a space begins another argument, `;` is a letter
server.tool("log", shape, async ({ name }) => text(await execaCommand(`git log ${name}`))); // expect: SA602 MEDIUM
server.tool("run", shape, async ({ name }) => text(await execaCommand(name))); // expect: SA602 HIGH
server.tool("list", shape, async ({ name }) => text(await execaCommand(`sh -c ls\\ ${name}`))); // expect: SA602 HIGH
server.tool("told", shape, async ({ name }) => text(await execaCommand(`ls ${name}`, { shell: true }))); // expect: SA602 HIGH

const words = (name: string) => ["log", "--", name];
server.tool("words", shape, async ({ name }) => text(await exec("git", words(name))));

server.tool("base", shape, async ({ name }) => text(execSync(`wc ${path.basename(name)}`))); // expect: SA602 HIGH
server.tool("ending", shape, async ({ name }) => text(execSync(`wc *${path.extname(name)}`))); // expect: SA602 HIGH

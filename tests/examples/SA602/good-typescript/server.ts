import { exec, execFile, spawn } from "node:child_process";
import { promisify } from "node:util";
import { $ } from "zx";
import { quote } from "shell-quote";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";

const server = new McpServer({ name: "runner", version: "1.0.0" });
const run = promisify(execFile);
const execAsync = promisify(exec);
const COMMANDS: Record<string, string[]> = { disk: ["df", "-h"], memory: ["free"] };
const text = (value: unknown) => ({ content: [{ type: "text" as const, text: String(value) }] });

function assertRevision(value: string): string {
  if (value.startsWith("-")) {
    throw new Error("revision");
  }
  return value;
}

server.tool("log", { path: z.string() }, async ({ path }) => {
  const { stdout } = await run("git", ["log", "--", path]);
  return text(stdout);
});

server.tool("show", { revision: z.string() }, async ({ revision }) => {
  const { stdout } = await run("git", ["show", assertRevision(revision)]);
  return text(stdout);
});

server.tool("quoted", { path: z.string() }, async ({ path }) => {
  const { stdout } = await execAsync(`wc -l ${quote([path])}`);
  return text(stdout);
});

server.tool("listed", { name: z.string() }, async ({ name }) => {
  const command = COMMANDS[name];
  if (!command) throw new Error("name");
  const { stdout } = await run(command[0], command.slice(1));
  return text(stdout);
});

server.tool("kind", { kind: z.enum(["a", "b"]), count: z.number().int() }, async ({ kind, count }) => {
  const { stdout } = await execAsync(`report ${kind} ${count}`);
  return text(stdout);
});

server.tool("matched", { name: z.string().regex(/^[a-z]+$/) }, async ({ name }) => {
  const { stdout } = await execAsync(`report ${name}`);
  return text(stdout);
});

server.tool("tested", { name: z.string() }, async ({ name }) => {
  if (!/^[a-z0-9_]+$/.test(name)) return text("refused");
  const { stdout } = await execAsync(`report ${name}`);
  return text(stdout);
});

server.tool("escaped", { path: z.string() }, async ({ path }) => {
  return text(await $`cat -- ${path}`);
});

server.tool("given", { input: z.string() }, async ({ input }) => {
  const child = spawn("wc", ["-w"]);
  child.stdin.write(input);
  return text("done");
});

exec(process.argv[2]);
spawn(process.env.EDITOR ?? "vi", [process.argv[3]]);

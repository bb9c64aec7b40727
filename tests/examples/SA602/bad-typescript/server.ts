import { exec, execFile, spawn } from "node:child_process";
import { promisify } from "node:util";
import { execa } from "execa";
import express from "express";
import shell from "shelljs";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";

const server = new McpServer({ name: "runner", version: "1.0.0" });
const app = express();
const execAsync = promisify(exec);
const execFileAsync = promisify(execFile);
const text = (value: unknown) => ({ content: [{ type: "text" as const, text: String(value) }] });

async function git(args: string[], cwd: string): Promise<string> {
  const { stdout } = await execFileAsync("git", args, { cwd }); // expect: SA602 MEDIUM
  return stdout;
}

server.tool("ping", { host: z.string() }, async ({ host }) => {
  const { stdout } = await execAsync(`ping -c 1 ${host}`); // expect: SA602 HIGH
  return text(stdout);
});

server.tool("quoted", { path: z.string() }, async ({ path }) => {
  const { stdout } = await execAsync('wc -l "' + path + '"'); // expect: SA602 HIGH
  return text(stdout);
});

server.tool("shelled", { path: z.string() }, async (args) => {
  shell.exec(`ls ${args.path}`); // expect: SA602 HIGH
  return text("done");
});

server.tool("spawned", { words: z.array(z.string()) }, async ({ words }) => {
  spawn("ls", words, { shell: true }); // expect: SA602 HIGH
  return text("done");
});

server.tool("inner", { line: z.string() }, async ({ line }) => {
  spawn("sh", ["-c", line]); // expect: SA602 HIGH
  return text("done");
});

server.tool("chosen", { program: z.string() }, async ({ program }) => {
  const { stdout } = await execa(program, ["--version"]); // expect: SA602 HIGH
  return text(stdout);
});

server.tool("blocked", { line: z.string() }, async ({ line }) => {
  if (line.includes("rm")) throw new Error("refused");
  const { stdout } = await execAsync(line); // expect: SA602 MEDIUM
  return text(stdout);
});

server.tool("began", { line: z.string() }, async ({ line }) => {
  if (!line.startsWith("git ")) throw new Error("refused");
  const { stdout } = await execAsync(line); // expect: SA602 MEDIUM
  return text(stdout);
});

server.tool("log", { revision: z.string(), cwd: z.string() }, async ({ revision, cwd }) => {
  return text(await git(["log", revision], cwd));
});

server.tool("execute_command", "Executes a shell command", { command: z.string() }, async ({ command }) => {
  const { stdout } = await execAsync(command); // expect: SA602 MEDIUM
  return text(stdout);
});

app.post("/run", (req, res) => {
  exec(`convert ${req.body.file} out.png`, () => res.end()); // expect: SA602 HIGH
});

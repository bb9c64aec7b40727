import express from "express";
import { exec, spawnSync } from "node:child_process";

const app = express();

async function build(job: string) {
  exec(`make ${job}`); // expect: SA602 HIGH
}

const jobs = new Map<string, (job: string) => Promise<void>>([
  ["build", build],
  ["fixed", async () => void exec("make all")],
]);
jobs.set("clean", async (job) => void exec(`make clean-${job}`)); // expect: SA602 HIGH

app.get("/jobs/:kind", async (req, res) => {
  const run = jobs.get(req.params.kind);
  await run?.(req.query.job as string);
  res.end();
});

app.get("/size", (req, res) => {
  spawnSync("du", ["-sh", req.query.dir as string], { shell: process.platform === "win32" }); // expect: SA602 HIGH
  spawnSync("du", ["-sh", req.query.dir as string], { shell: false });
  res.end();
});

app.listen(3000);

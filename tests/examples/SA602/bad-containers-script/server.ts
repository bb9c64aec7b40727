import { execFileSync } from "node:child_process";
import { Exec, KubeConfig } from "@kubernetes/client-node";
import Docker from "dockerode";
import { $, execa } from "execa";
import express from "express";
import * as pty from "node-pty";
import { simpleGit } from "simple-git";
import { Client } from "ssh2";

const app = express();
const docker = new Docker();

app.get("/inside", async (req, res) => {
  await docker.getContainer("web").exec({ Cmd: ["uptime"], AttachStdout: true });
  await docker.getContainer("web").exec({ Cmd: ["sh", "-c", req.query.a as string], AttachStdout: true }); // expect: SA602 HIGH
  await docker.createContainer({ Image: "alpine", Cmd: ["sh", "-c", req.query.b as string] }); // expect: SA602 HIGH
  const pods = new Exec(new KubeConfig());
  await pods.exec("default", "web", "app", ["sh", "-c", req.query.c as string], process.stderr, null, null, false); // expect: SA602 HIGH
  new Client().exec("host " + req.query.d, () => undefined); // expect: SA602 HIGH
  res.end();
});

app.get("/here", async (req, res) => {
  await $`host -- ${req.query.a as string}`;
  await $({ shell: true })`host ${req.query.b as string}`; // expect: SA602 HIGH
  await execa({ shell: true })`host ${req.query.c as string}`; // expect: SA602 HIGH
  execFileSync("wc", [], { input: req.query.d as string });
  execFileSync("sh", [], { input: req.query.e as string }); // expect: SA602 HIGH
  pty.spawn("bash", [], {}).write(req.query.f + "\r"); // expect: SA602 HIGH
  await simpleGit().raw(["log", req.query.g as string]); // expect: SA602 MEDIUM
  res.end();
});

app.listen(3000);

import express from "express";
import { execFile, spawn } from "node:child_process";

const app = express();
app.use(express.json());

app.post("/script", (req, res) => {
  const shell = spawn("/bin/bash");
  shell.stdin.write(req.body.script); // expect: SA602 HIGH
  const inner = spawn("sh", [], { stdio: "pipe" });
  inner.stdin.end(req.body.script); // expect: SA602 HIGH
  const sorter = spawn("sort", ["-u"]);
  sorter.stdin.write(req.body.lines);
  const fixed = spawn("bash", ["-c", "cat > out.txt"]);
  fixed.stdin.write(req.body.lines);
  res.end();
});

app.post("/log", (req, res) => {
  execFile("git", ["log", "--format=%H", req.body.revision]); // expect: SA602 MEDIUM
  execFile("git", ["log", "--since", req.body.since]);
  res.end();
});

app.listen(3000);

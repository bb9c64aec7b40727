import * as cp from "node:child_process";
import express from "express";

const app = express();

app.get("/run", (req, res) => {
  const { tool } = req.query;
  cp["exec"](tool); // expect: SA602
  cp.exec.call(null, tool); // expect: SA602
  cp.exec.apply(cp, [tool]); // expect: SA602
  Reflect.apply(cp.exec, cp, [tool]); // expect: SA602
  cp.exec.call(tool, "ls");
  res.end();
});

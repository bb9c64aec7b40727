import express from "express";
import { $ } from "zx";

const app = express();

app.post("/run", async (req, res) => {
  await $`git log ${req.body.branch}`;
  await $`bash -c ${req.body.script}`; // expect: SA602
  await $`${req.body.tool} --version`; // expect: SA602
  res.end();
});

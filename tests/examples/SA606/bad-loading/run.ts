import express from "express";
import yaml from "js-yaml";
import { Worker } from "node:worker_threads";

const app = express();

app.post("/run", (req, res) => {
  setTimeout(`notify("${req.body.name}")`, 1000); // Node refuses what is no function
  setTimeout(() => notify(req.body.name), Number(req.body.wait));
  require(`./plugins/${req.body.plugin}`); // expect: SA606
  new Worker(req.body.script); // expect: SA606
  yaml.load(req.body.text, { schema: yaml.DEFAULT_FULL_SCHEMA }); // expect: SA606
  yaml.load(req.body.text, { schema: yaml.JSON_SCHEMA });
  res.end();
});

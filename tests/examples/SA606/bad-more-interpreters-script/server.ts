import { createRequire } from "node:module";
import { Eta } from "eta";
import express from "express";
import jsonpath from "jsonpath";
import nunjucks from "nunjucks";
import { VMScript } from "vm2";

const app = express();
const load = createRequire(import.meta.url);

app.get("/run", (req, res) => {
  new nunjucks.Environment().renderString("{{ v }}", { v: req.query.a as string });
  new nunjucks.Environment().renderString(req.query.a as string, {}); // expect: SA606 HIGH
  new Eta().renderString(req.query.b as string, {}); // expect: SA606 HIGH
  jsonpath.query({}, req.query.c as string); // expect: SA606 HIGH
  load(req.query.d as string); // expect: SA606 HIGH
  new VMScript(req.query.e as string).compile(); // expect: SA606 HIGH
  res.end();
});

app.listen(3000);

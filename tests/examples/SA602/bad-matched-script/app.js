// Words that regular expressions find in a request.
const express = require("express");
const { exec } = require("child_process");

const app = express();
const ORDER = /(?<verb>\w+) (?<rest>.+)/;

app.get("/one", (req, res) => {
  const found = req.query.order.match(/^run (.+)$/);
  exec(found[1]); // expect: SA602
  res.end();
});

app.get("/two", (req, res) => {
  const found = ORDER.exec(req.query.order);
  exec(found.groups.rest); // expect: SA602
  exec("report " + found.groups.verb);
  exec("report " + found.index);
  res.end();
});

app.get("/three", (req, res) => {
  const [, verb, rest] = req.query.order.match(ORDER) ?? [];
  exec("report " + verb);
  exec(rest); // expect: SA602
  for (const found of req.query.order.matchAll(/\[([^\]]+)\]/g)) {
    exec(found[1]); // expect: SA602
  }
  res.end();
});

app.listen(3000);

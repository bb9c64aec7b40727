// What middleware puts on a request, and what a session keeps.
const express = require("express");
const { exec } = require("child_process");

const app = express();

app.use((req, res, next) => {
  req.folder = req.query.folder;
  req.depth = Number(req.query.depth);
  next();
});

app.post("/keep", (req, res) => {
  req.session.line = req.query.line;
  req.session.visits = 3;
  res.end();
});

app.get("/run", (req, res) => {
  exec("ls " + req.folder); // expect: SA602
  exec("ls -R " + req.depth);
  exec(req.session.line); // expect: SA602
  exec("report " + req.session.visits);
  res.end();
});

app.listen(3000);

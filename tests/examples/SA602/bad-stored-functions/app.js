// Functions that are stored in objects and exports, called by another way, or reached by falling through.
const express = require("express");
const { exec } = require("child_process");

const app = express();
const jobs = {};
jobs.run = (line) => exec(line); // expect: SA602
jobs.inner = { show: (line) => exec(`ls ${line.length}`) };

exports.list = function (folder) {
  return exec("ls " + folder); // expect: SA602
};

function start(user, line) {
  return exec(line); // expect: SA602
}
const asAdmin = start.bind(null, "admin");

app.get("/one", (req, res) => {
  jobs.run(req.query.line);
  jobs.inner.show(req.query.line);
  exports.list(req.query.folder);
  res.end();
});

app.get("/two", (req, res) => {
  asAdmin(req.query.line);
  start.call(null, req.query.user, "ls");
  start.apply(null, [req.query.user, "df"]);
  res.end();
});

app.get("/three", (req, res) => {
  let line = "ls";
  switch (req.query.kind) {
    case "own":
      line = req.query.line;
    case "usual":
      exec(line); // expect: SA602
      break;
    default:
      exec("df");
  }
  switch (true) {
    case req.query.unit === "a":
    case req.query.unit === "b":
      exec("report " + req.query.unit);
      break;
    case req.query.unit.length < 9:
      exec("report " + req.query.unit); // expect: SA602
      break;
  }
  res.end();
});

app.listen(3000);

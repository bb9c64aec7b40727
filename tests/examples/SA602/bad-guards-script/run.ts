import { exec } from "node:child_process";
import express from "express";
import validator from "validator";

const app = express();

function known(req, res, next) {
  if (!/^[a-z]+$/.test(req.query.tool)) console.warn("unknown tool");
  next();
}

function checked(req, res, next) {
  if (!/^[a-z]+$/.test(req.query.other)) return res.status(400).end();
  next();
}

app.get("/run", known, (req, res) => {
  exec(`run ${req.query.tool}`); // expect: SA602
  res.end();
});

app.get("/other", checked, (req, res) => {
  exec(`run ${req.query.tool}`); // expect: SA602
  res.end();
});

app.get("/check", (req, res) => {
  const { mail, branch } = req.query;
  if (!validator.isEmail(mail)) return res.status(400).end();
  exec(`mail ${mail}`); // expect: SA602
  if (!/release/.test(branch)) return res.status(400).end();
  exec(`build ${branch}`); // expect: SA602
  if (!/^git /.test(req.query.command)) return res.status(400).end();
  exec(req.query.command); // expect: SA602
  res.end();
});

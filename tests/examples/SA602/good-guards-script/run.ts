import { exec } from "node:child_process";
import express from "express";
import validator from "validator";

const app = express();

function known(req, res, next) {
  if (!/^[a-z]+$/.test(req.query.tool)) return res.status(400).end();
  next();
}

app.get("/run", known, (req, res) => {
  exec(`run ${req.query.tool}`);
  res.end();
});

app.get("/check", (req, res) => {
  const { id, address } = req.query;
  if (!validator.isAlphanumeric(id) || !validator.isIP(address)) return res.status(400).end();
  exec(`check ${id} ${address}`);
  res.end();
});

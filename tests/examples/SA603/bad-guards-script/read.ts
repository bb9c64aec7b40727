import fs from "node:fs";
import path from "node:path";
import express from "express";

const ROOT = "/srv/orders";
const app = express();

app.get("/read", (req, res) => {
  const cut = req.query.other.replace(/^(\.\.(\/|\\|$))+/, "");
  fs.readFileSync(path.join(ROOT, cut)); // expect: SA603
  if (!/\.(?:png|jpg)$/.test(req.query.image)) return res.status(400).end();
  fs.readFileSync(path.join(ROOT, req.query.image)); // expect: SA603
  if (!/^orders\//.test(req.query.order)) return res.status(400).end();
  fs.readFileSync(path.join(ROOT, req.query.order)); // expect: SA603
  res.end();
});

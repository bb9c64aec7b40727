import { readFileSync } from "node:fs";
import path from "node:path";
import express from "express";

const app = express();
const ROOT = path.resolve(process.env.ROOT ?? ".");

app.get("/file", (req, res) => {
  const file = path.resolve(String(req.query.file));
  if (!file.includes(ROOT)) return res.status(400).end();
  return res.send(readFileSync(file)); // expect: SA603 MEDIUM
});

app.listen(8080);

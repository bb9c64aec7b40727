import express from "express";
import fs from "node:fs";
import path from "node:path";

const ROOT = path.resolve(__dirname, "public");
const ROOTS = [path.resolve("notes"), path.join(__dirname, "drafts")];
const app = express();

app.get("/resolved", (req, res) => {
  const file = path.resolve(ROOT, req.query.name);
  if (!file.startsWith(ROOT + path.sep)) return res.status(403).end();
  res.send(fs.readFileSync(file));
});

app.get("/joined", (req, res) => {
  const file = path.join(ROOT, req.query.name);
  if (!file.startsWith(`${ROOT}/`)) return res.status(403).end();
  res.send(fs.readFileSync(file));
});

app.get("/several", (req, res) => {
  const file = path.resolve(req.query.name);
  if (!ROOTS.some((root) => file.startsWith(root + path.sep))) return res.status(403).end();
  res.send(fs.readFileSync(file));
});

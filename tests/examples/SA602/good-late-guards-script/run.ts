import { exec } from "node:child_process";
import express from "express";

const app = express();
const NAMES = ["date", "uptime"];

async function approve(name) {
  if (!NAMES.includes(name)) throw new Error("refused");
}

app.get("/awaited", async (req, res) => {
  const name = String(req.query.name);
  await approve(name);
  exec(name);
  res.end();
});

app.get("/all", async (req, res) => {
  const name = String(req.query.name);
  await Promise.all([approve(name)]);
  exec(name);
  res.end();
});

app.get("/listed", async (req, res) => {
  const name = String(req.query.name);
  if (!["date", "uptime"].includes(name)) return res.status(400).end();
  exec(name);
  res.end();
});

app.listen(3000);

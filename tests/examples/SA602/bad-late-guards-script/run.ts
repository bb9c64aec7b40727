import { exec } from "node:child_process";
import express from "express";

const app = express();
const NAMES = ["date", "uptime"];

async function approve(name) {
  if (!NAMES.includes(name)) throw new Error("refused");
}

app.get("/unheard", async (req, res) => {
  const name = String(req.query.name);
  void approve(name);
  exec(name); // expect: SA602
  res.end();
});

app.get("/caught", async (req, res) => {
  const name = String(req.query.name);
  await approve(name).catch(() => undefined);
  exec(name); // expect: SA602
  res.end();
});

app.get("/raced", async (req, res) => {
  const name = String(req.query.name);
  await Promise.race([approve(name), Promise.resolve()]);
  exec(name); // expect: SA602
  res.end();
});

app.get("/settled", async (req, res) => {
  const name = String(req.query.name);
  await Promise.allSettled([approve(name)]);
  exec(name); // expect: SA602
  res.end();
});

app.get("/itself", async (req, res) => {
  const name = String(req.query.name);
  if (!["date", name].includes(name)) return res.status(400).end();
  exec(name); // expect: SA602
  res.end();
});

app.listen(3000);

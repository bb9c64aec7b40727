import express from "express";

const app = express();
const HOSTS = (process.env.HOSTS ?? "").split(",").filter(Boolean);
const NONE: string[] = [];

app.get("/fetch", async (req, res) => {
  const address = new URL(String(req.query.address));
  if (HOSTS.length > 0 && !HOSTS.includes(address.hostname)) return res.status(400).end();
  const answer = await fetch(address); // expect: SA601 MEDIUM
  return res.send(await answer.text());
});

app.get("/other", async (req, res) => {
  const address = new URL(String(req.query.address));
  if (NONE.length > 0 && !NONE.includes(address.hostname)) return res.status(400).end();
  const answer = await fetch(address); // expect: SA601 HIGH
  return res.send(await answer.text());
});

function allowed(host: string): boolean {
  if (!HOSTS.length) return true;
  return HOSTS.includes(host);
}

app.get("/third", async (req, res) => {
  const address = new URL(String(req.query.address));
  if (!allowed(address.hostname)) return res.status(400).end();
  const answer = await fetch(address); // expect: SA601 MEDIUM
  return res.send(await answer.text());
});

app.listen(8080);

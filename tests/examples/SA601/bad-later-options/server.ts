import axios from "axios";
import express from "express";

const app = express();

app.get("/pull", async (req, res) => {
  const options: Record<string, unknown> = { method: "GET" };
  options.url = req.query.source;
  await axios.request(options); // expect: SA601 HIGH
  const fixed: Record<string, unknown> = { url: "https://api.example.com/list" };
  fixed.timeout = Number(req.query.timeout);
  await axios.request(fixed);
  res.end();
});

const SOURCES = ["https://a.example.com/", "https://b.example.com/"];
const OPEN = ["https://a.example.com", "https://b.example.com"];

app.get("/listed", async (req, res) => {
  const source = req.query.source as string;
  if (!SOURCES.some((prefix) => source.startsWith(prefix))) return void res.sendStatus(403);
  await fetch(source);
  if (!OPEN.some((prefix) => req.query.other.startsWith(prefix))) return void res.sendStatus(403);
  await fetch(req.query.other); // expect: SA601 MEDIUM
  res.end();
});

app.listen(3000);

import express from "express";
import validator from "validator";
import { parse } from "node:url";

const app = express();

app.get("/orders/:id", (req, res) => {
  const { q, page } = req.query;
  console.log("50% done, q %s", q); // expect: SA202
  console.log("q " + q.replace("\n", " ").replace("\r", " ")); // expect: SA202
  console.log("q " + q.split(",").join(" ")); // expect: SA202
  console.log("q " + q.split("\n").join("\n")); // expect: SA202
  console.log(`all of ${decodeURIComponent(req.url)}`); // expect: SA202
  console.log(`q ${parse(req.url, true).query.q}`); // expect: SA202
  if (/^\d+$/m.test(page)) console.log("page " + page); // expect: SA202
  if (/\d+/.test(page)) console.log("page " + page); // expect: SA202
  res.end();
});

app.get("/escaped", (req, res) => {
  console.log("q " + validator.escape(req.query.q)); // expect: SA202
  res.end();
});

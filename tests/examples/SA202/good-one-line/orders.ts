import express from "express";
import { parse } from "node:url";

const app = express();
const BREAKS = new RegExp("[\\r\\n]+", "g");
const tenantHeader = () => process.env.TENANT_HEADER ?? "x-tenant";
const inOneLine = (text: string) => text.split(/\r?\n/).join(" ");

app.get("/orders/:id", (req, res) => {
  const { q, page } = req.query;
  console.log(`${req.method} ${req.url} ${req.path} ${parse(req.url).pathname}`);
  console.log("q %j of page %d", q, page);
  console.log("q " + q.split("\n").join(" ") + inOneLine(q));
  console.log("q " + q.replace(BREAKS, " ") + q.replaceAll("\n", " "));
  console.log("q " + Buffer.from(q).toString("base64") + btoa(q));
  console.log("page " + +page + (page | 0));
  if (/^\d+$/.test(page)) console.log("page " + page);
  console.log(`tenant ${req.headers[tenantHeader()]}`);
  if (!/^[a-z]+$/i.test(q)) return res.status(400).end();
  console.log(`q ${q}`);
  res.end();
});

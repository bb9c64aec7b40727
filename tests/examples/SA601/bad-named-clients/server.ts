import express from "express";
import Koa from "koa";
import Router from "@koa/router";
import { got } from "got";
import ky from "ky";
import { Client } from "undici";

const app = express();

app.get("/page", async (req, res) => {
  const page = await got(req.query.page as string); // expect: SA601 HIGH
  const list = await ky.get("list", { prefixUrl: String(req.query.base) }).text(); // expect: SA601 HIGH
  const client = new Client(req.query.origin as string); // expect: SA601 HIGH
  const { body } = await client.request({ path: "/", method: "GET" });
  const own = await ky.get("list", { prefixUrl: "https://api.example.com" }).text();
  res.json([page.body, list, await body.text(), own]);
});

const HOSTS = new Set(["img.example.com"]);
const router = new Router();

router.get("/image", async (ctx) => {
  const target = new URL(ctx.query.url);
  if (!HOSTS.has(target.hostname)) ctx.throw(400, "unknown host");
  ctx.body = await got(target.href).text();
});

new Koa().use(router.routes()).listen(3001);
app.listen(3000);

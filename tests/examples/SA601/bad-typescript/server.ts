import axios from "axios";
import express from "express";
import got from "got";
import puppeteer from "puppeteer";
import { Hono } from "hono";
import { McpServer, ResourceTemplate } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";

const server = new McpServer({ name: "fetcher", version: "1.0.0" });
const app = express();
const small = new Hono();
const BASE = "https://api.example.com";
const api = axios.create({ baseURL: BASE });
const BLOCKED = ["localhost", "127.0.0.1"];

class Client {
  constructor(private readonly base: string) {}

  async load(path: string): Promise<unknown> {
    const answer = await fetch(`${this.base}/${path}`); // expect: SA601 LOW
    return answer.json();
  }
}

const client = new Client(BASE);

server.tool("summary", "Sums up", { address: z.string() }, async ({ address }) => {
  const answer = await fetch(address); // expect: SA601 HIGH
  return { content: [{ type: "text", text: await answer.text() }] };
});

server.registerTool("size", { inputSchema: { link: z.string().url() } }, async (args) => {
  const { data } = await axios.get(args.link); // expect: SA601 HIGH
  return { content: [{ type: "text", text: String(data.length) }] };
});

server.tool("configured", { where: z.string() }, async ({ where }) => {
  const { data } = await axios({ method: "get", url: where }); // expect: SA601 HIGH
  return { content: [{ type: "text", text: String(data) }] };
});

server.tool("absolute", { path: z.string() }, async ({ path }) => {
  const { data } = await api.get(path); // expect: SA601 HIGH
  return { content: [{ type: "text", text: String(data) }] };
});

server.tool("parsed", { where: z.string() }, async ({ where }) => {
  const target = new URL(where, BASE);
  const text = await got(target).text(); // expect: SA601 HIGH
  return { content: [{ type: "text", text }] };
});

server.tool("schemed", { where: z.string() }, async ({ where }) => {
  if (!/^https?:\/\//.test(where)) throw new Error("scheme");
  const answer = await fetch(where); // expect: SA601 HIGH
  return { content: [{ type: "text", text: await answer.text() }] };
});

server.tool("listed", { where: z.string() }, async ({ where }) => {
  const host = new URL(where).hostname;
  if (BLOCKED.includes(host)) throw new Error("blocked");
  const answer = await fetch(where); // expect: SA601 MEDIUM
  return { content: [{ type: "text", text: await answer.text() }] };
});

server.tool("anywhere", { where: z.string() }, async ({ where }) => {
  if (!where.includes("example.com")) throw new Error("host");
  const answer = await fetch(where); // expect: SA601 MEDIUM
  return { content: [{ type: "text", text: await answer.text() }] };
});

server.tool("began", { where: z.string() }, async ({ where }) => {
  if (!where.startsWith("https://api.example.com")) throw new Error("host");
  const answer = await fetch(where); // expect: SA601 MEDIUM
  return { content: [{ type: "text", text: await answer.text() }] };
});

server.tool("ended", { where: z.string() }, async ({ where }) => {
  if (!new URL(where).hostname.endsWith("example.com")) throw new Error("host");
  const answer = await fetch(where); // expect: SA601 MEDIUM
  return { content: [{ type: "text", text: await answer.text() }] };
});

server.tool("item", { key: z.string() }, async ({ key }) => {
  return { content: [{ type: "text", text: JSON.stringify(await client.load(`items/${key}`)) }] };
});

server.tool("fetch_page", "Fetches the content of a URL", { url: z.string() }, async ({ url }) => {
  const answer = await fetch(url); // expect: SA601 MEDIUM
  return { content: [{ type: "text", text: await answer.text() }] };
});

server.tool("picture", { site: z.string() }, async ({ site }) => {
  const browser = await puppeteer.launch();
  const page = await browser.newPage();
  await page.goto(site); // expect: SA601 HIGH
  return { content: [{ type: "text", text: await page.title() }] };
});

server.resource("status", new ResourceTemplate("status://{host}", { list: undefined }), async (uri, { host }) => {
  const answer = await fetch(`http://${host}/status`); // expect: SA601 HIGH
  return { contents: [{ uri: uri.href, text: await answer.text() }] };
});

app.post("/callback", async (req, res) => {
  await fetch(req.body.callback, { method: "POST" }); // expect: SA601 HIGH
  res.end();
});

small.get("/proxy", async (c) => {
  const target = c.req.query("target");
  return fetch(target!); // expect: SA601 HIGH
});

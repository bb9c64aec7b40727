import axios from "axios";
import { lookup } from "node:dns/promises";
import ipaddr from "ipaddr.js";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
import { period } from "./schemas.js";

const server = new McpServer({ name: "fetcher", version: "1.0.0" });
const BASE = process.env.API_BASE ?? "https://api.example.com";
const HOSTS = new Set(["api.example.com", "docs.example.com"]);
const SUFFIXES = ["example.com", "example.org"];
const text = (value: unknown) => ({ content: [{ type: "text" as const, text: String(value) }] });

function assertHost(where: string): URL {
  const target = new URL(where);
  if (!HOSTS.has(target.hostname)) {
    throw new Error("host");
  }
  return target;
}

function isAllowed(where: string): boolean {
  try {
    const { hostname } = new URL(where);
    return SUFFIXES.some((suffix) => hostname === suffix || hostname.endsWith(`.${suffix}`));
  } catch {
    return false;
  }
}

function validate(where: string): { valid: boolean; reason?: string } {
  const target = new URL(where);
  if (!HOSTS.has(target.host)) return { valid: false, reason: "host" };
  return { valid: true };
}

server.tool("search", { query: z.string() }, async ({ query }) => {
  return text((await axios.get(`${BASE}/search`, { params: { q: query } })).data);
});

server.tool("again", { query: z.string() }, async ({ query }) => {
  const target = new URL("/search", BASE);
  target.searchParams.set("q", query);
  return text(await (await fetch(target)).text());
});

server.tool("third", { query: z.string() }, async ({ query }) => {
  return text(await (await fetch(`${BASE}/search?q=${query}`)).text());
});

server.tool("fourth", { where: z.string() }, async ({ where }) => {
  const target = assertHost(where);
  return text(await (await fetch(target)).text());
});

server.tool("fifth", { where: z.string() }, async ({ where }) => {
  if (!isAllowed(where)) return text("refused");
  return text(await (await fetch(where)).text());
});

server.tool("sixth", { where: z.string() }, async ({ where }) => {
  const verdict = validate(where);
  if (!verdict.valid) throw new Error(verdict.reason);
  return text(await (await fetch(where)).text());
});

server.tool("seventh", { where: z.string() }, async ({ where }) => {
  if (!where.startsWith("https://api.example.com/")) throw new Error("host");
  return text(await (await fetch(where)).text());
});

server.tool("eighth", { where: z.enum(["https://a.example.com", "https://b.example.com"]) }, async ({ where }) => {
  return text(await (await fetch(where)).text());
});

server.tool("ninth", { key: z.string() }, async ({ key }) => {
  return text(await (await fetch(`${BASE}/items/${encodeURIComponent(key)}`)).text());
});

server.tool("tenth", { number: z.number(), span: period }, async ({ number, span }) => {
  return text(await (await fetch(`${BASE}/items/${number}/${span}`)).text());
});

server.tool("eleventh", { key: z.string() }, async ({ key }) => {
  if (!/^[\w-]+$/.test(key)) throw new Error("key");
  return text(await (await fetch(`${BASE}/items/${key}`)).text());
});

server.tool("twelfth", { name: z.string() }, async ({ name }) => {
  const target = { docs: "https://docs.example.com", api: BASE }[name];
  if (!target) throw new Error("name");
  return text(await (await fetch(target)).text());
});

server.tool("thirteenth", { kind: z.string() }, async ({ kind }) => {
  switch (kind) {
    case "docs":
    case "api":
      return text(await (await fetch(`https://${kind}.example.com/`)).text());
    default:
      throw new Error("kind");
  }
});

server.tool("fourteenth", { where: z.string() }, async ({ where }) => {
  const target = new URL(where);
  if (target.protocol !== "https:") throw new Error("scheme");
  const { address } = await lookup(target.hostname);
  if (ipaddr.parse(address).range() !== "unicast") throw new Error("private");
  return text(await (await fetch(target)).text());
});

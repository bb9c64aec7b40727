import vm from "node:vm";
import ejs from "ejs";
import express from "express";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";

const server = new McpServer({ name: "worker", version: "1.0.0" });
const app = express();
const text = (value: unknown) => ({ content: [{ type: "text" as const, text: String(value) }] });

server.tool("price", { formula: z.string() }, async ({ formula }) => text(eval(formula))); // expect: SA606 HIGH

server.tool("made", { body: z.string() }, async ({ body }) => {
  const made = new Function("x", body); // expect: SA606 HIGH
  return text(made(1));
});

server.tool("context", { script: z.string() }, async ({ script }) => {
  return text(vm.runInNewContext(script, {})); // expect: SA606 HIGH
});

server.tool("page", { template: z.string() }, async ({ template }) => {
  return text(ejs.render(template, { name: "x" })); // expect: SA606 HIGH
});

server.tool("evaluate_javascript", "Evaluates JavaScript code", { code: z.string() }, async ({ code }) => {
  return text(eval(code)); // expect: SA606 MEDIUM
});

app.post("/eval", (req, res) => {
  res.json(eval(req.body.formula)); // expect: SA606 HIGH
});

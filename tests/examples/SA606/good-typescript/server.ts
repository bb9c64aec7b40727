import ejs from "ejs";
import yaml from "js-yaml";
import * as math from "mathjs";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";

const server = new McpServer({ name: "worker", version: "1.0.0" });
const PAGE = "Hello <%= name %>";
const text = (value: unknown) => ({ content: [{ type: "text" as const, text: String(value) }] });

server.tool("settings", { text: z.string() }, async (args) => text(JSON.parse(args.text) ?? yaml.load(args.text)));

server.tool("greet", { name: z.string() }, async ({ name }) => text(ejs.render(PAGE, { name })));

server.tool("compute", { kind: z.enum(["a + b", "a - b"]) }, async ({ kind }) => text(eval(kind)));

server.tool("later", { name: z.string() }, async ({ name }) => {
  setTimeout(() => process.stderr.write(name), 10);
  return text("done");
});

server.tool("calculate", { sum: z.string() }, async ({ sum }) => text(math.evaluate(sum)));

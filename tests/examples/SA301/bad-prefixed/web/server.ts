import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

const server = new McpServer({ name: "environments", version: "1.0.0" });
const token = process.env.SHELF_API_TOKEN;

const own = Object.fromEntries(Object.entries(process.env).filter(([k]) => k.startsWith("SHELF_")));

server.tool("show", {}, async () => ({ content: [{ type: "text", text: JSON.stringify(own) }] })); // expect: SA604 HIGH
server.tool("names", {}, async () => ({ content: [{ type: "text", text: Object.keys(own).join(",") }] }));

console.error("settings", own); // expect: SA301 HIGH
console.error("settings", JSON.stringify(own)); // expect: SA301 HIGH
console.error("names", Object.keys(own));
console.error("names", Object.keys(process.env).filter((k) => k.startsWith("SHELF_")));
for (const [k, v] of Object.entries(process.env)) {
  if (k.startsWith("SHELF_")) {
    console.error(`${k}=${v}`); // expect: SA301 HIGH
  }
}
const picked: Record<string, string | undefined> = {};
for (const k of Object.keys(process.env)) {
  if (k.startsWith("SHELF_")) picked[k] = process.env[k];
}
console.error("picked", picked); // expect: SA301 HIGH
console.error("locale", Object.entries(process.env).filter(([k]) => k.startsWith("LC_")));

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

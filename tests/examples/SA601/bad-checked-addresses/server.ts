import { execSync } from "node:child_process";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";

const server = new McpServer({ name: "hosts", version: "1.0.0" });
const Shape = z.object({ ip: z.ipv4() });

server.registerTool("probe", { inputSchema: { ip: z.string().ip() } }, async ({ ip }) => {
  const answer = await fetch(`http://${ip}/health`); // expect: SA601 HIGH
  return { content: [{ type: "text", text: await answer.text() }] };
});

server.registerTool("probe_parsed", { inputSchema: {} }, async (raw: unknown) => {
  const { ip } = Shape.parse(raw);
  const answer = await fetch(`http://${ip}/health`); // expect: SA601 HIGH
  return { content: [{ type: "text", text: await answer.text() }] };
});

server.registerTool("ping", { inputSchema: { ip: z.string().ip() } }, async ({ ip }) => {
  return { content: [{ type: "text", text: execSync(`ping -c 1 ${ip}`).toString() }] };
});

server.registerTool("tenant", { inputSchema: { name: z.string().regex(/^[a-z-]+$/) } }, async ({ name }) => {
  const answer = await fetch(`https://${name}.example.com/health`);
  return { content: [{ type: "text", text: await answer.text() }] };
});

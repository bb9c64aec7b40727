import { createHash } from "node:crypto";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";
import { z } from "zod";

const log = pino();
const server = new McpServer({ name: "desk", version: "1.0.0" });
const startedAt = Date.now();
const hash = (value: unknown) => createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);

const who = (extra: any) => ({ callerId: hash(extra.authInfo?.clientId), sessionAge: Date.now() - startedAt });

const recorded = (tool: string, run: (args: any) => Promise<string>) => async (args: any, extra: any) => {
  const begun = performance.now();
  let text = "";
  let outcome = "success";
  try {
    text = await run(args);
  } catch (error) {
    outcome = "failure";
    text = "The tool failed";
  }
  log.info({ event: "tool_call", tool, outcome, ...who(extra), argsHash: hash(args), bytes: text.length, durationMs: performance.now() - begun });
  return { content: [{ type: "text" as const, text }] };
};

server.registerTool("find_ticket", { inputSchema: { number: z.number() } }, recorded("find_ticket", async ({ number }) => {
  const response = await fetch(`https://desk.example/${number}`);
  return response.text();
}));

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

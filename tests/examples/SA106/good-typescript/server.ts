import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";
import { z } from "zod";

const log = pino();
const server = new McpServer({ name: "desk", version: "1.0.0" });
const limits = { calls: Number(process.env.MAX_CALLS ?? 10) };
const history = new Map<string, { tool: string; effect: string; args: string; at: number }[]>();

function afterCall(sessionId: string, tool: string, effect: string, args: string) {
  const calls = history.get(sessionId) ?? [];
  history.set(sessionId, [...calls, { tool, effect, args, at: Date.now() }]);
  const recent = history.get(sessionId)!.filter((call) => call.at > Date.now() - 30_000);
  if (recent.filter((call) => call.tool === tool && call.args === args).length > limits.calls) {
    log.warn({ event: "burst_alert", tool, sessionId });
  }
  if (effect === "external" && recent.some((call) => call.effect === "retrieval")) {
    log.warn({ event: "chain_guard_alert", sessionId });
  }
  if (new Set(recent.map((call) => call.tool)).size >= 3) {
    log.warn({ event: "enumeration_alert", sessionId });
  }
}

const watched = (tool: string, effect: string, run: (args: any) => Promise<string>) => async (args: any, extra: any) => {
  const text = await run(args);
  afterCall(extra.sessionId, tool, effect, JSON.stringify(args));
  return { content: [{ type: "text" as const, text }] };
};

server.registerTool("read_note", { inputSchema: { name: z.string() } }, watched("read_note", "retrieval", async ({ name }) => notes[name]));
server.registerTool("list_notes", {}, watched("list_notes", "retrieval", async () => Object.keys(notes).join()));
server.registerTool("fetch_url", { inputSchema: { url: z.string() } }, watched("fetch_url", "external", async ({ url }) => (await fetch(url)).text()));

const notes: Record<string, string> = { a: "b" };
await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";
import { z } from "zod";

const log = pino();
const server = new McpServer({ name: "desk", version: "1.0.0" });

const recorded = (tool: string, run: (args: any) => Promise<string>) => async (args: any) => {
  const text = await run(args);
  log.info({ event: "tool_call", tool, bytes: Buffer.byteLength(text) }); // expect: SA114
  return { content: [{ type: "text" as const, text }] };
};

server.registerTool("find_ticket", { inputSchema: { number: z.number() } }, recorded("find_ticket", async ({ number }) => {
  const response = await fetch(`https://desk.example/${number}`);
  return response.text();
}));

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

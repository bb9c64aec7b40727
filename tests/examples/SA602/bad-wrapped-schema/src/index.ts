import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";

const run = promisify(execFile);
const server = new McpServer({ name: "units", version: "1.0.0" });

function recorded<A>(tool: string, handler: (args: A) => Promise<string>) {
  return async (args: A) => {
    const text = await handler(args);
    console.error(JSON.stringify({ event: "tool_call", tool }));
    return { content: [{ type: "text" as const, text }] };
  };
}

server.registerTool(
  "state",
  { description: "State of a unit", inputSchema: { unit: z.string() } },
  recorded("state", async ({ unit }: { unit: string }) => {
    const { stdout } = await run("systemctl", ["is-active", unit]); // expect: SA602
    return stdout;
  }),
);

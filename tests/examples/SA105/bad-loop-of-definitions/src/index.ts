import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import pino from "pino";
import { z } from "zod";

const log = pino();

const definitions = [
  {
    name: "read",
    description: "Read",
    schema: { key: z.string() },
    handler: async ({ key }: { key: string }) => { // expect: SA105
      return `read ${key}`;
    },
  },
];

// It says what it registers, once: nothing stands around a call.
export function registerAll(server: McpServer) {
  for (const one of definitions) {
    log.info({ tool: one.name }, "registered");
    server.registerTool(one.name, { description: one.description, inputSchema: one.schema }, async (given) => {
      const text = await one.handler(given);
      return { content: [{ type: "text", text }] };
    });
  }
}

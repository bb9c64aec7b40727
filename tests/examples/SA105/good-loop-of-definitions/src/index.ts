import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import pino from "pino";
import { z } from "zod";

const log = pino();

type Definition = {
  name: string;
  description: string;
  schema: z.ZodRawShape;
  handler: (given: { key: string }) => Promise<string>;
};

const definitions: Definition[] = [
  { name: "read", description: "Read", schema: { key: z.string() }, handler: async ({ key }) => `read ${key}` },
  { name: "list", description: "List", schema: { key: z.string() }, handler: async ({ key }) => `list ${key}` },
];

// The function that is registered stands around the handler of each definition.
export function registerAll(server: McpServer) {
  for (const one of definitions) {
    server.registerTool(one.name, { description: one.description, inputSchema: one.schema }, async (given) => {
      try {
        const text = await one.handler(given);
        log.info({ event: "tool_call", tool: one.name, ok: true });
        return { content: [{ type: "text", text }] };
      } catch (err) {
        log.error({ event: "tool_call", tool: one.name, ok: false });
        throw err;
      }
    });
  }
}

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
import { ScanId } from "./params.js";

const server = new McpServer({ name: "scans", version: "1.0.0" });

// The schema of an argument stands in another file, inside an object.
function accountTool(name: string, config: { description: string; inputSchema: z.AnyZodObject }, handler: (given: any) => Promise<string>) {
  server.registerTool(name, { description: config.description, inputSchema: config.inputSchema.shape }, async (given) => {
    const text = await handler(given);
    return { content: [{ type: "text" as const, text }] };
  });
}

accountTool(
  "get_scan",
  { description: "A scan by its id", inputSchema: z.object({ scanId: ScanId }) },
  async ({ scanId }) => (await fetch(`https://scans.example/v2/result/${scanId}`)).text(),
);

import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";

type Run = () => Promise<{ content: [] }>;

export const recorded = (tool: string, run: Run) => async () => {
  try {
    return await run();
  } finally {
    note(tool);
  }
};

function note(tool: string) {
  console.error(JSON.stringify({ event: "tool_call", tool }));
}

export function registerAudited(server: McpServer, name: string, run: Run) {
  server.registerTool(name, {}, recorded(name, run));
}

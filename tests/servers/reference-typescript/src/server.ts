import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { hash, instrument, log } from './security/index.js';
import type { Session } from './session.js';
import { tools } from './tools/index.js';

/** One server object per session, so that a tool knows whose session it serves. */
export function createServer(session: Session): McpServer {
  const server = new McpServer({ name: 'kb-mcp-server', version: '2.1.0' });
  for (const tool of tools) {
    server.registerTool(
      tool.name,
      { description: tool.description, inputSchema: tool.input },
      instrument(tool, session, tools.length),
    );
  }
  return server;
}

/** Recorded at every start: a change between two starts without a deployment is worth a look. */
export function recordToolSurface(): void {
  const surface = tools
    .map(({ name, description, input }) => ({ name, description, schema: z.toJSONSchema(z.object(input)) }))
    .sort((a, b) => a.name.localeCompare(b.name));
  log.security({ event: 'tool_surface', hash: hash(surface), tools: surface.length, ts: Date.now() });
}

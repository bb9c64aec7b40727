import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { afterToolCall } from './chain.js';
import { ToolError } from './errors.js';
import { readFileTool, writeFileTool } from './files.js';
import { log } from './log.js';
import { hash, type EffectClass, type Session } from './session.js';
import { fetchUrlTool, postUrlTool } from './web.js';

export function createServer(session: Session): McpServer {
  const server = new McpServer({ name: 'article-server', version: '0.1.0' });

  /** Every tool goes through here, and leaves a record whatever becomes of it. */
  function dispatch<Args>(tool: string, effectClass: EffectClass, run: (args: Args, session: Session) => Promise<string>) {
    return async (args: Args): Promise<CallToolResult> => {
      const startedAt = Date.now();
      let outcome = 'failure';
      let bytes = 0;
      try {
        const text = await run(args, session);
        bytes = Buffer.byteLength(text);
        outcome = 'success';
        session.volume.recordResponse(tool, bytes);
        session.callLog.push({ tool, effectClass, ts: Date.now() });
        afterToolCall(session);
        return { content: [{ type: 'text', text }] };
      } catch (error) {
        const message = error instanceof ToolError ? error.message : 'The tool failed';
        return { isError: true, content: [{ type: 'text', text: message }] };
      } finally {
        log.security({
          event: 'tool_call',
          tool,
          outcome,
          callerId: session.callerId,
          argsHash: hash(args),
          bytes,
          durationMs: Date.now() - startedAt,
          sessionAge: Date.now() - session.startedAt,
          ts: Date.now(),
        });
      }
    };
  }

  server.registerTool(
    'read_file',
    { description: 'Read a file', inputSchema: { path: z.string() } },
    dispatch('read_file', 'retrieval', readFileTool),
  );
  server.registerTool(
    'write_file',
    { description: 'Write a file', inputSchema: { path: z.string(), content: z.string() } },
    dispatch('write_file', 'mutation', writeFileTool),
  );
  server.registerTool(
    'fetch_url',
    { description: 'Fetch a page from an approved host', inputSchema: { url: z.string() } },
    dispatch('fetch_url', 'external', fetchUrlTool),
  );
  server.registerTool(
    'post_url',
    { description: 'Send text to an approved host', inputSchema: { url: z.string(), body: z.string() } },
    dispatch('post_url', 'external', postUrlTool),
  );
  return server;
}

import { createHash } from 'node:crypto';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import pino from 'pino';
import { z } from 'zod';

const log = pino();
const server = new McpServer({ name: 'desk', version: '1' });
const opened = Date.now();

function recorded<Args>(tool: string, run: (args: Args) => Promise<string>) {
  return async (args: Args, extra: { authInfo?: { clientId: string } }) => {
    const startedAt = performance.now();
    let outcome = 'success';
    let text = '';
    try {
      text = await run(args);
      return { content: [{ type: 'text' as const, text }] };
    } catch {
      return { isError: true, content: [{ type: 'text' as const, text: 'failed' }] };
    } finally {
      log.info({ // expect: SA114
        event: 'tool_call',
        tool,
        outcome,
        caller: extra.authInfo?.clientId,
        durationMs: performance.now() - startedAt,
        argsHash: createHash('sha256').update(JSON.stringify(args)).digest('hex'),
        bytes: text.length,
        sessionAge: Date.now() - opened,
      });
    }
  };
}

server.registerTool(
  'find_ticket',
  { description: 'Find a ticket', inputSchema: { number: z.number() } },
  recorded('find_ticket', async ({ number }: { number: number }) => (await fetch(`https://desk.example/${number}`)).text()),
);

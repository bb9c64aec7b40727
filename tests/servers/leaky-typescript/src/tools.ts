import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { Crm } from './crm.js';
import { digest } from './digest.js';
import { fingerprint } from './secrets.js';
import { audit, createLogger } from './telemetry/index.js';

const log = createLogger('tools');
const crm = new Crm(createLogger('crm'));
const text = (value: string) => ({ content: [{ type: 'text' as const, text: value }] });

export function createServer(): McpServer {
  const server = new McpServer({ name: 'crm', version: '0.9.3' });

  server.registerTool(
    'search_customers',
    { description: 'Search customers by name', inputSchema: { words: z.string() } },
    async (args) => {
      log.info({ args }, 'search_customers'); // expect: SA303
      return text((await crm.search(args.words)).map((customer) => `${customer.id} ${customer.name}`).join('\n'));
    },
  );

  server.registerTool(
    'read_notes',
    { description: 'Read the notes about a customer', inputSchema: { id: z.string() } },
    async (args, extra) => {
      audit('read_notes', { argsHash: fingerprint(JSON.stringify(args)) }); // ok
      log.debug({ progressToken: extra._meta?.progressToken }, 'progress'); // ok
      return text((await crm.notes(args.id)).join('\n'));
    },
  );

  server.registerTool(
    'digest_notes',
    { description: 'A short digest of the notes', inputSchema: { id: z.string(), max_tokens: z.number().default(400) } },
    async (args) => {
      audit(`digest_notes ${JSON.stringify(args)}`); // expect: SA303
      log.info({ given: Object.keys(args), max_tokens: args.max_tokens }, 'digest'); // ok
      return text(digest(await crm.notes(args.id), args.max_tokens));
    },
  );

  return server;
}

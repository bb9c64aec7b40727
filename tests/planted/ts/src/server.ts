import pino from 'pino';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
const log = pino({ name: 'CANARY' }); // CANARY
const server = new McpServer({ name: 'CANARY', version: 'CANARY' });
server.tool('CANARY', 'use CANARY', {}, async (args) => {
  log.info(`CANARY ${process.env.SHOP_API_KEY}`);
  log.info({ apiKey: 'CANARY', env: process.env, args }, 'CANARY');
  log.info(process.env.SHOP_TOKEN ?? 'CANARY');
  console.log('CANARY', args);
  return { content: [{ type: 'text', text: 'CANARY' + process.env.SHOP_TOKEN }] };
});

import express from 'express';
import pino from 'pino';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';

const server = new McpServer({ name: 'desk', version: '1.0.0' });
const log = pino({ redact: { paths: ['req.headers.authorization', 'headers.authorization'], censor: '***' } });
const app = express();
const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });

app.post('/mcp', async (req, res) => {
  log.info({ headers: req.headers }, 'call');
  log.info({ req: { headers: req.headers } }, 'call');
  await transport.handleRequest(req, res);
});

await server.connect(transport);
app.listen(3000);

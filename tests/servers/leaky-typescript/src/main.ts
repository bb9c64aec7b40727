#!/usr/bin/env node
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { requireToken } from './auth.js';
import { createLogger } from './telemetry/index.js';
import { createServer } from './tools.js';

const log = createLogger('main');
const app = express();
app.use(express.json());

app.post('/mcp', requireToken, async (req, res) => {
  const server = createServer();
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  res.on('close', () => void server.close());
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
});

const port = Number(process.env.PORT ?? 3000);
app
  .listen(port, process.env.HOST ?? '127.0.0.1', () => {
    log.info({ port, level: process.env.LOG_LEVEL }, 'listening'); // ok
    log.debug({ environment: { ...process.env } }, 'started with'); // expect: SA301
  })
  .on('error', (error) => {
    console.error('cannot listen', error.message, JSON.stringify(process.env, null, 2)); // expect: SA301
    process.exit(1);
  });

import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js';
import express from 'express';
import { authenticate } from './auth.js';
import { log } from './log.js';
import { createServer } from './server.js';
import type { Session } from './session.js';

const app = express();
app.use(express.json({ limit: '2mb' }));

app.post('/mcp', authenticate, async (req, res) => {
  const session: Session = res.locals.session;
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  const server = createServer(session);
  res.on('close', () => void server.close());
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
  if (isInitializeRequest(req.body)) {
    log.security({
      event: res.statusCode < 400 ? 'session_initialized' : 'session_rejected',
      callerId: session.callerId,
      status: res.statusCode,
      ts: Date.now(),
    });
  }
});

app.listen(Number(process.env.PORT ?? 3000), process.env.HOST ?? '127.0.0.1');

import { randomUUID } from 'node:crypto';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js';
import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler, type Response } from 'express';
import { authenticate, reject, type Caller } from './auth.js';
import { hash, identify, log } from './security/index.js';
import { createServer } from './server.js';
import { newSession, type Session } from './session.js';

interface Connection {
  transport: StreamableHTTPServerTransport;
  session: Session;
}

const connections = new Map<string, Connection>();

async function open(req: Request, res: Response, caller: Caller): Promise<void> {
  const session = newSession(caller.id, caller.owner, caller.scopes);
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    onsessioninitialized: (id) => {
      session.id = hash(id);
      connections.set(id, { transport, session });
      log.security({ event: 'session_initialized', ...identify(session), outcome: 'success', ts: Date.now() });
    },
    onsessionclosed: (id) => {
      connections.delete(id);
    },
  });
  await createServer(session).connect(transport);
  await transport.handleRequest(req, res, req.body);
}

const handle: RequestHandler = async (req, res) => {
  const caller = res.locals.caller as Caller;
  const id = req.get('mcp-session-id');
  if (id === undefined && isInitializeRequest(req.body)) return open(req, res, caller);

  const connection = id === undefined ? undefined : connections.get(id);
  if (!connection) return reject(req, res, 404, 'unknown_session', caller.id);
  if (connection.session.callerId !== caller.id) return reject(req, res, 403, 'session_mismatch', caller.id);
  await connection.transport.handleRequest(req, res, req.body);
};

const failed: ErrorRequestHandler = (error: Error, _req, res, _next) => {
  log.operations('request failed', { error: error.name });
  if (!res.headersSent) res.status(500).json({ jsonrpc: '2.0', id: null, error: { code: -32603, message: 'Internal error' } });
};

export function createApp(auth: RequestHandler = authenticate()): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(express.json({ limit: '2mb' }));
  app.all('/mcp', auth, handle);
  app.use(failed);
  return app;
}

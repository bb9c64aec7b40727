#!/usr/bin/env node
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { config } from './config.js';
import { createApp } from './http.js';
import { log } from './security/index.js';
import { createServer, recordToolSurface } from './server.js';
import { newSession } from './session.js';

recordToolSurface();

if (process.argv.includes('--http')) {
  createApp().listen(config.port, config.host, () => log.operations('listening', { port: config.port }));
} else {
  const session = { ...newSession('local', 'local', ['kb:read', 'kb:write', 'kb:web', 'kb:admin']), id: 'stdio' };
  await createServer(session).connect(new StdioServerTransport());
}

import pino from 'pino';
import { config } from '../config.js';
import type { SecurityEvent } from './events.js';

/** stderr for whoever operates the process, Loki for the record: its delete API is off (deploy/loki.yaml). */
const transport = pino.transport({
  targets: [
    { target: 'pino/file', level: 'info', options: { destination: 2 } },
    {
      target: 'pino-loki',
      level: 'info',
      options: {
        host: config.lokiUrl,
        labels: { application: 'kb-mcp-server' },
        batching: { interval: 1 },
      },
    },
  ],
});

const logger = pino(
  {
    name: 'kb-mcp-server',
    redact: { paths: ['token', 'authorization', 'args', '*.token', '*.authorization'], remove: true },
  },
  transport,
);

export const log = {
  security(event: SecurityEvent): void {
    logger.info({ kind: 'security', ...event });
  },
  /** Everything that is not a security event: start, stop, unexpected errors. */
  operations(what: string, fields: Record<string, unknown> = {}): void {
    logger.info({ kind: 'operations', ...fields }, what);
  },
};

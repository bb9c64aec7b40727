import pinoCloudWatch from './cloudwatch.js';

interface SecurityEvent {
  event: string;
  ts: number;
  [field: string]: unknown;
}

// <article>
import pino from 'pino';
import pinoms from 'pino-multi-stream';
// Two streams: local file (for debug) + external append-only sink
const streams = pinoms.multistream([
{ stream: process.stdout },
{
stream: pinoCloudWatch({
logGroupName: '/mcp-server/security',
logStreamName: `security-${process.env.INSTANCE_ID}`,
// CloudWatch Logs enforces append-only via IAM — no delete permission for the server role
})
}
]);
export const log = {
security: (event: SecurityEvent) => streams.write(JSON.stringify({ level: 'security', ...event }) + '\n')
};
// </article>

// A multistream passes on what reaches the level of each stream; written to without a pino logger it knows no level.
streams.lastLevel = 30;

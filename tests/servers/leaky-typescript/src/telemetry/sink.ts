import pino from 'pino';

const sink = pino({ level: process.env.LOG_LEVEL ?? 'info' });

export type Level = 'debug' | 'info' | 'warn';

export function deliver(level: Level, what: string, details: object): void {
  sink[level](details, what);
}

export const createLogger = (component: string) => sink.child({ component });

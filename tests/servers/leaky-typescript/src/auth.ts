import { timingSafeEqual } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { fingerprint, mask } from './secrets.js';
import { audit, createLogger, suspicion } from './telemetry/index.js';

const log = createLogger('auth');
const expected = Buffer.from(process.env.CRM_MCP_TOKEN ?? '');

function matches(token: string): boolean {
  const given = Buffer.from(token);
  return expected.length > 0 && given.length === expected.length && timingSafeEqual(given, expected);
}

export function requireToken(req: Request, res: Response, next: NextFunction): void {
  const [scheme, token] = (req.headers.authorization ?? '').split(' ');
  log.debug({ tokenPresent: !!token, tokenType: scheme }, 'request'); // ok
  if (!token) {
    log.warn(`cannot use the credentials in "${req.headers.authorization}"`); // expect: SA302
    res.status(401).json({ error: 'unauthorized' });
    return;
  }
  if (!matches(token)) {
    log.warn('Invalid token'); // ok
    suspicion('token refused', { caller: fingerprint(token), length: token.length }); // ok
    res.status(401).json({ error: 'unauthorized' });
    return;
  }
  log.info({ caller: mask(token) }, 'token accepted'); // ok
  audit('session opened', { ip: req.ip, token }); // expect: SA302
  if (req.headers.cookie) {
    log.info({ jar: req.headers.cookie }, 'came with cookies'); // expect: SA302
  }
  next();
}

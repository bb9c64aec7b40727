import { timingSafeEqual } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { log } from './log.js';
import { hash, sessionOf, type Session } from './session.js';

interface Grant {
  secretHash: string;
  expires: number;
}

/** `id:sha256:expiry` entries, comma-separated; a caller presents `id.secret`. */
const grants = new Map<string, Grant>(
  (process.env.GRANTS ?? '')
    .split(',')
    .filter(Boolean)
    .map((entry) => {
      const [id = '', secretHash = '', expires = '0'] = entry.split(':');
      return [id, { secretHash, expires: Number(expires) }];
    }),
);

function recordExpired(presentedCallerId: string, args: { path?: string }, session: Session): void {
// <article>
// Structured auth failure event
log.security({
event: 'auth_failure',
reason: 'token_expired', // expired | missing | invalid | revoked | idor
callerId: hash(presentedCallerId), // hashed — never log raw bearer token
toolRequested: 'read_file',
resourceId: args.path,
sessionFailureCount: session.authFailures,
sessionAge: Date.now() - session.startedAt,
ts: Date.now()
});
// </article>
}

function recordRejected(reason: 'missing' | 'invalid', req: Request, session: Session): void {
  log.security({
    event: 'auth_failure',
    reason,
    callerId: session.callerId,
    toolRequested: req.body?.params?.name,
    resourceId: hash(req.body?.params?.arguments),
    sessionFailureCount: session.authFailures,
    sessionAge: Date.now() - session.startedAt,
    ts: Date.now(),
  });
}

function same(secret: string, expected: string): boolean {
  const given = Buffer.from(hash(secret));
  const wanted = Buffer.from(expected);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

export function authenticate(req: Request, res: Response, next: NextFunction): void {
  const presented = req.get('authorization')?.replace(/^Bearer /i, '');
  const [presentedCallerId = '', secret = ''] = presented?.split('.') ?? [];
  const session = sessionOf(hash(presentedCallerId || req.ip));
  const grant = grants.get(presentedCallerId);

  if (!presented) {
    session.authFailures += 1;
    recordRejected('missing', req, session);
    res.status(401).json({ error: 'unauthorized' });
    return;
  }
  if (!grant || !same(secret, grant.secretHash)) {
    session.authFailures += 1;
    recordRejected('invalid', req, session);
    res.status(401).json({ error: 'unauthorized' });
    return;
  }
  if (grant.expires < Date.now()) {
    session.authFailures += 1;
    recordExpired(presentedCallerId, req.body?.params?.arguments ?? {}, session);
    res.status(401).json({ error: 'unauthorized' });
    return;
  }
  res.locals.session = session;
  next();
}

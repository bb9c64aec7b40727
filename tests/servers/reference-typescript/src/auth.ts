import { readFile } from 'node:fs/promises';
import type { NextFunction, Request, Response } from 'express';
import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { config, limits } from './config.js';
import { hash, log } from './security/index.js';
import type { AuthReason } from './security/events.js';

export interface Caller {
  /** Hash of the identity; safe to log. */
  id: string;
  owner: string;
  scopes: string[];
}

declare module 'express-serve-static-core' {
  interface Locals {
    caller?: Caller;
  }
}

interface CallerState {
  failures: number;
  firstSeen: number;
  requests: number[];
}

const known = new Map<string, CallerState>();

function state(callerId: string): CallerState {
  let found = known.get(callerId);
  if (!found) {
    if (known.size > 10_000) known.delete(known.keys().next().value as string);
    found = { failures: 0, firstSeen: Date.now(), requests: [] };
    known.set(callerId, found);
  }
  return found;
}

/** Tells the caller as little, and the log as much, as either needs. */
export function reject(req: Request, res: Response, status: 401 | 403 | 404 | 429, reason: AuthReason, callerId: string): void {
  const seen = state(callerId);
  seen.failures += 1;
  const failure = {
    reason,
    status,
    callerId,
    toolRequested: req.body?.params?.name,
    resourceId: hash(req.body?.params?.arguments ?? req.body?.params?.uri ?? null),
    sessionFailureCount: seen.failures,
    sessionAge: Date.now() - seen.firstSeen,
    ts: Date.now(),
  };
  log.security({ event: 'auth_failure', ...failure });
  if (req.body?.method === 'initialize') log.security({ event: 'session_rejected', ...failure });
  res.status(status).json({ jsonrpc: '2.0', id: null, error: { code: -32001, message: 'Request refused' } });
}

async function revoked(jti: string | undefined): Promise<boolean> {
  if (!config.revokedFile || !jti) return false;
  return (await readFile(config.revokedFile, 'utf8')).split(/\s+/).includes(jti);
}

function overLimit(callerId: string): boolean {
  const { requests } = state(callerId);
  const now = Date.now();
  requests.push(now);
  while (requests[0] !== undefined && requests[0] < now - 60_000) requests.shift();
  return requests.length > limits.requestsPerMinute;
}

export function authenticate(keys: JWTVerifyGetKey = createRemoteJWKSet(new URL(config.jwksUri))) {
  return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    const [scheme, presented] = (req.headers.authorization ?? '').split(' ');
    const presentedId = hash(presented ?? req.ip ?? 'unknown');
    if (!presented) return reject(req, res, 401, 'missing', presentedId);
    if (scheme?.toLowerCase() !== 'bearer') return reject(req, res, 401, 'invalid', presentedId);

    let claims;
    try {
      const verified = await jwtVerify(presented, keys, {
        issuer: config.issuer,
        audience: config.audience,
        requiredClaims: ['sub', 'exp', 'jti'],
      });
      claims = verified.payload;
    } catch (error) {
      if (error instanceof errors.JWTExpired) return reject(req, res, 401, 'expired', presentedId);
      if (error instanceof errors.JOSEError) return reject(req, res, 401, 'invalid', presentedId);
      return next(error);
    }

    const callerId = hash(claims.sub);
    if (await revoked(claims.jti)) return reject(req, res, 401, 'revoked', callerId);
    const scopes = String(claims.scope ?? '').split(' ');
    if (!scopes.includes('kb')) return reject(req, res, 403, 'scope', callerId);
    if (overLimit(callerId)) return reject(req, res, 429, 'rate_limit', callerId);

    res.locals.caller = { id: callerId, owner: claims.sub as string, scopes };
    next();
  };
}

import { resolve } from 'node:path';

function number(name: string, fallback: number): number {
  const value = Number(process.env[name] ?? fallback);
  if (!Number.isFinite(value) || value <= 0) throw new Error(`${name} must be a positive number`);
  return value;
}

const list = (name: string): ReadonlySet<string> =>
  new Set((process.env[name] ?? '').split(',').map((part) => part.trim().toLowerCase()).filter(Boolean));

export const config = {
  root: resolve(process.env.KB_ROOT ?? 'articles'),
  host: process.env.HOST ?? '127.0.0.1',
  port: number('PORT', 3000),
  issuer: process.env.KB_ISSUER ?? '',
  audience: process.env.KB_AUDIENCE ?? 'kb',
  jwksUri: process.env.KB_JWKS_URI ?? '',
  revokedFile: process.env.KB_REVOKED_FILE,
  adminCodeSha256: process.env.KB_ADMIN_CODE_SHA256 ?? '',
  allowedHosts: list('KB_ALLOWED_HOSTS'),
  lokiUrl: process.env.LOKI_URL ?? 'https://loki.kb.example',
};

/** The only settings that may change while the server runs. */
export const limits = {
  singleResponseBytes: number('KB_MAX_RESPONSE_BYTES', 5 * 1024 * 1024),
  sessionBytes: number('KB_MAX_SESSION_BYTES', 10 * 1024 * 1024),
  outboundBytes: number('KB_MAX_OUTBOUND_BYTES', 1024 * 1024),
  repeatedCalls: number('KB_MAX_REPEATED_CALLS', 10),
  requestsPerMinute: number('KB_MAX_REQUESTS_PER_MINUTE', 300),
};

export type LimitName = keyof typeof limits;

import { createHash } from 'node:crypto';

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => a.localeCompare(b));
  return Object.fromEntries(entries.map(([key, inner]) => [key, canonical(inner)]));
}

/** SHA-256, shortened: enough to correlate records, nothing to read back. */
export function hash(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(canonical(value)) ?? '');
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

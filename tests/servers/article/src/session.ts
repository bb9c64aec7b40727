import { createHash } from 'node:crypto';
import { SessionVolumeGuard } from './volume.js';

export type EffectClass = 'retrieval' | 'mutation' | 'external';

export interface ToolCall {
  tool: string;
  effectClass: EffectClass;
  ts: number;
}

export interface Session {
  callerId: string;
  startedAt: number;
  authFailures: number;
  callLog: ToolCall[];
  volume: SessionVolumeGuard;
}

export const hash = (value: unknown): string =>
  createHash('sha256')
    .update(typeof value === 'string' ? value : JSON.stringify(value ?? null))
    .digest('hex')
    .slice(0, 16);

const sessions = new Map<string, Session>();

/** The session of a caller, known by the hash of what it presented. */
export function sessionOf(callerId: string): Session {
  let session = sessions.get(callerId);
  if (!session) {
    session = { callerId, startedAt: Date.now(), authFailures: 0, callLog: [], volume: new SessionVolumeGuard() };
    sessions.set(callerId, session);
  }
  return session;
}

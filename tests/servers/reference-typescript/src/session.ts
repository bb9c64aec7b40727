import type { Effect } from './security/events.js';

export interface ToolCall {
  tool: string;
  effectClass: Effect;
  argsHash: string;
  argsBytes: number;
  ts: number;
}

/** What the server remembers about one MCP session. `callerId` is a hash. */
export interface Session {
  id: string;
  callerId: string;
  owner: string;
  scopes: ReadonlySet<string>;
  startedAt: number;
  callLog: ToolCall[];
  inboundBytes: number;
  outboundBytes: number;
  failures: number;
}

const CALL_LOG_LENGTH = 500;

export function newSession(callerId: string, owner: string, scopes: Iterable<string>): Session {
  return {
    id: 'pending',
    callerId,
    owner,
    scopes: new Set(scopes),
    startedAt: Date.now(),
    callLog: [],
    inboundBytes: 0,
    outboundBytes: 0,
    failures: 0,
  };
}

export function remember(session: Session, call: ToolCall): void {
  session.callLog.push(call);
  if (session.callLog.length > CALL_LOG_LENGTH) session.callLog.shift();
}

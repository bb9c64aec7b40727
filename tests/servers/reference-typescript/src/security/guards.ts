import { limits } from '../config.js';
import { ToolError } from '../errors.js';
import type { Session, ToolCall } from '../session.js';
import { log } from './log.js';

const CHAIN_WINDOW_MS = 30_000;
const BURST_WINDOW_MS = 30_000;
const ENUMERATION_WINDOW_MS = 60_000;
const MINIMAL_ARGS_BYTES = 64;
const CHAIN_SCOPE = 'allow:retrieval-to-external-chain';

const since = (session: Session, ms: number): ToolCall[] =>
  session.callLog.filter((call) => call.ts > Date.now() - ms);

/** Runs after each call, successful or not. */
export function inspectCalls(session: Session, toolCount: number): void {
  const last = session.callLog.at(-1);
  if (!last) return;
  const who = identify(session);

  const repeated = since(session, BURST_WINDOW_MS).filter(
    (call) => call.tool === last.tool && call.argsHash === last.argsHash,
  );
  if (repeated.length > limits.repeatedCalls) {
    log.security({ event: 'burst_alert', ...who, tool: last.tool, argsHash: last.argsHash, calls: repeated.length, ts: Date.now() });
  }

  const recent = since(session, CHAIN_WINDOW_MS);
  const leaves = last.effectClass === 'external' && recent.some((call) => call.effectClass === 'retrieval');
  if (leaves && !session.scopes.has(CHAIN_SCOPE)) {
    log.security({
      event: 'chain_guard_alert',
      ...who,
      pattern: 'retrieval_to_external',
      callSequence: recent.slice(-10).map((call) => call.tool),
      ts: Date.now(),
    });
  }

  const probes = since(session, ENUMERATION_WINDOW_MS).filter((call) => call.argsBytes <= MINIMAL_ARGS_BYTES);
  const distinct = new Set(probes.map((call) => call.tool));
  if (distinct.size >= toolCount && distinct.size === probes.length) {
    log.security({ event: 'enumeration_alert', ...who, tools: distinct.size, ts: Date.now() });
  }
}

export function countResponse(session: Session, tool: string, bytes: number): void {
  session.inboundBytes += bytes;
  if (bytes > limits.singleResponseBytes) {
    log.security({ event: 'large_single_response', ...identify(session), tool, bytes, ts: Date.now() });
    throw new ToolError('LIMIT', 'The response is too large');
  }
  if (session.inboundBytes > limits.sessionBytes) {
    log.security({ event: 'session_volume_ceiling', ...identify(session), tool, totalBytes: session.inboundBytes, ts: Date.now() });
    throw new ToolError('LIMIT', 'This session has read too much');
  }
}

export function countOutbound(session: Session, tool: string, bytes: number): void {
  session.outboundBytes += bytes;
  if (session.outboundBytes > limits.outboundBytes) {
    log.security({ event: 'outbound_volume_ceiling', ...identify(session), tool, totalBytes: session.outboundBytes, ts: Date.now() });
    throw new ToolError('LIMIT', 'This session has sent too much');
  }
}

const PROTECTED_PATHS = [
  /(^|\/)\.env/,
  /(^|\/)\.(git|ssh|github)(\/|$)/,
  /(^|\/)etc\//,
  /(^|\/)node_modules\//,
  /cron/i,
  /\.(sh|bash|zsh|py|rb)$/,
];

/** Refuses before anything is opened. */
export function refuseProtectedPath(session: Session, tool: string, path: string): void {
  if (!PROTECTED_PATHS.some((pattern) => pattern.test(path))) return;
  log.security({ event: 'write_to_protected_path', ...identify(session), tool, path, ts: Date.now() });
  throw new ToolError('FORBIDDEN', 'Write target is not allowed');
}

export function identify(session: Session) {
  return { callerId: session.callerId, sessionId: session.id, sessionAge: Date.now() - session.startedAt };
}

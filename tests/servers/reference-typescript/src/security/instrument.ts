import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { ToolError } from '../errors.js';
import { remember, type Session } from '../session.js';
import type { Effect } from './events.js';
import { countResponse, identify, inspectCalls } from './guards.js';
import { hash } from './hash.js';
import { log } from './log.js';

export interface Instrumented<Args> {
  name: string;
  effect: Effect;
  scope: string;
  run(args: Args, session: Session): Promise<string>;
}

/** The one way from a tools/call request to a tool: scope, volume, record and anomaly check included. */
export function instrument<Args>(tool: Instrumented<Args>, session: Session, toolCount: number) {
  return async (args: Args): Promise<CallToolResult> => {
    const startedAt = performance.now();
    const argsHash = hash(args);
    let outcome = 'success';
    let bytes = 0;
    try {
      requireScope(tool, session, argsHash);
      const text = await tool.run(args, session);
      bytes = Buffer.byteLength(text);
      countResponse(session, tool.name, bytes);
      return { content: [{ type: 'text', text }] };
    } catch (error) {
      outcome = error instanceof ToolError ? error.code : 'INTERNAL';
      const message = error instanceof ToolError ? error.message : 'The tool failed; the operator has a record of it';
      return { isError: true, content: [{ type: 'text', text: message }] };
    } finally {
      log.security({
        event: 'tool_call',
        ...identify(session),
        tool: tool.name,
        outcome,
        durationMs: Math.round(performance.now() - startedAt),
        argsHash,
        bytes,
        ts: Date.now(),
      });
      remember(session, {
        tool: tool.name,
        effectClass: tool.effect,
        argsHash,
        argsBytes: JSON.stringify(args ?? {}).length,
        ts: Date.now(),
      });
      inspectCalls(session, toolCount);
    }
  };
}

function requireScope(tool: { name: string; scope: string }, session: Session, resource: string): void {
  if (session.scopes.has(tool.scope)) return;
  session.failures += 1;
  log.security({
    event: 'auth_failure',
    reason: 'scope',
    ...identify(session),
    tool: tool.name,
    resource,
    missingScope: tool.scope,
    sessionFailureCount: session.failures,
    ts: Date.now(),
  });
  throw new ToolError('FORBIDDEN', 'This token does not cover the tool');
}

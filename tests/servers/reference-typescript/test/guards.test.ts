import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { log } from '../src/security/index.js';
import { countResponse, inspectCalls, refuseProtectedPath } from '../src/security/guards.js';
import { instrument } from '../src/security/instrument.js';
import { newSession, remember, type Session } from '../src/session.js';

let session: Session;
let events: Array<Record<string, unknown>>;

beforeEach(() => {
  session = newSession('c0ffee', 'ada', ['kb:read']);
  events = [];
  mock.method(log, 'security', (event: Record<string, unknown>) => void events.push(event));
});

const call = (tool: string, effectClass: 'retrieval' | 'external') =>
  remember(session, { tool, effectClass, argsHash: tool, argsBytes: 500, ts: Date.now() });

test('a retrieval before an external call is a chain', () => {
  call('read_article', 'retrieval');
  call('share_article', 'external');
  inspectCalls(session, 6);
  assert.deepEqual(events.map(({ event }) => event), ['chain_guard_alert']);
});

test('an external call alone is none', () => {
  call('fetch_reference', 'external');
  inspectCalls(session, 6);
  assert.deepEqual(events, []);
});

test('a protected path is refused and recorded', () => {
  assert.throws(() => refuseProtectedPath(session, 'save_article', '/kb/ada/.env'), { name: 'ToolError' });
  assert.equal(events[0]?.event, 'write_to_protected_path');
});

test('one large response is stopped', () => {
  assert.throws(() => countResponse(session, 'read_article', 6 * 1024 * 1024), { name: 'ToolError' });
  assert.equal(events[0]?.event, 'large_single_response');
});

test('each call is recorded, and no argument with it', async () => {
  const tool = { name: 'echo', effect: 'retrieval', scope: 'kb:read', run: async () => 'fine' } as const;
  await instrument<{ words: string }>(tool, session, 6)({ words: 'very private' });
  const [record] = events;
  assert.equal(record?.event, 'tool_call');
  assert.equal(record?.outcome, 'success');
  assert.ok(!JSON.stringify(events).includes('private'));
});

test('a tool beyond the scopes of the token is refused', async () => {
  const tool = { name: 'admin', effect: 'mutation', scope: 'kb:admin', run: async () => 'never' } as const;
  const result = await instrument<object>(tool, session, 6)({});
  assert.equal(result.isError, true);
  assert.deepEqual(events.map(({ event }) => event), ['auth_failure', 'tool_call']);
});

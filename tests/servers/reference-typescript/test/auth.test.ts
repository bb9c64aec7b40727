import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { after, before, mock, test } from 'node:test';
import { generateKeyPair, SignJWT } from 'jose';
import { authenticate } from '../src/auth.js';
import { createApp } from '../src/http.js';
import { log } from '../src/security/index.js';

const { publicKey, privateKey } = await generateKeyPair('RS256');
const events: Array<Record<string, unknown>> = [];
let server: ReturnType<ReturnType<typeof createApp>['listen']>;
let url: string;

before(async () => {
  mock.method(log, 'security', (event: Record<string, unknown>) => void events.push(event));
  server = createApp(authenticate(async () => publicKey)).listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
});
after(() => server.close());

const sign = (claims: object, expires: string | number) =>
  new SignJWT({ scope: 'kb kb:read', ...claims })
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer('').setAudience('kb').setSubject('ada').setJti('1').setExpirationTime(expires)
    .sign(privateKey);

const initialize = (authorization?: string) =>
  fetch(url, {
    method: 'POST',
    headers: {
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      ...(authorization === undefined ? {} : { authorization }),
    },
    body: JSON.stringify({
      jsonrpc: '2.0', id: 1, method: 'initialize',
      params: { protocolVersion: '2025-03-26', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
    }),
  });

for (const [reason, status, header] of [
  ['missing', 401, async () => undefined],
  ['invalid', 401, async () => 'Bearer nonsense'],
  ['expired', 401, async () => `Bearer ${await sign({}, 1)}`],
  ['scope', 403, async () => `Bearer ${await sign({ scope: 'mail' }, '5m')}`],
] as const) {
  test(`a caller is turned away: ${reason}`, async () => {
    events.length = 0;
    assert.equal((await initialize(await header())).status, status);
    assert.deepEqual(events.map(({ event }) => event), ['auth_failure', 'session_rejected']);
    assert.equal(events[0]?.reason, reason);
  });
}

test('a good token opens a session, on record', async () => {
  events.length = 0;
  const answer = await initialize(`Bearer ${await sign({}, '5m')}`);
  assert.equal(answer.status, 200);
  await answer.body?.cancel();
  assert.deepEqual(events.map(({ event }) => event), ['session_initialized']);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fetchUrlTool } from '../src/web.js';

test('plain http is refused', () => assert.rejects(fetchUrlTool({ url: 'http://docs.example.org/' }), { code: 'FORBIDDEN' }));
test('an unknown host is refused', () => assert.rejects(fetchUrlTool({ url: 'https://example.net/' }), { code: 'FORBIDDEN' }));

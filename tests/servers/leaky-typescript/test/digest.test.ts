import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CancellationToken, digest } from '../src/digest.js';
import { mask } from '../src/secrets.js';

test('a digest keeps its budget', () => assert.equal(digest(['a'.repeat(40), 'b'.repeat(40)], 10), 'a'.repeat(40)));

test('a cancelled digest is empty', () => {
  const token = new CancellationToken();
  token.cancel();
  assert.equal(digest(['a'], 10, token), '');
});

test('a mask keeps four characters', () => assert.equal(mask(`${'a'.repeat(40)}wxyz`), '****wxyz'));

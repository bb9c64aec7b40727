import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { config, limits, type LimitName } from '../config.js';
import { ToolError } from '../errors.js';
import { identify, log } from '../security/index.js';
import { define } from './definition.js';

function confirmed(code: string): boolean {
  const given = createHash('sha256').update(code).digest();
  const expected = Buffer.from(config.adminCodeSha256, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

export const updateLimit = define({
  name: 'update_limit',
  description: 'Change a ceiling while the server runs; needs the second factor of an administrator',
  input: {
    limit: z.enum(Object.keys(limits) as [LimitName, ...LimitName[]]),
    value: z.number().int().positive(),
    confirmation: z.string(),
  },
  effect: 'mutation',
  scope: 'kb:admin',
  run: async ({ limit, value, confirmation }, session) => {
    if (!confirmed(confirmation)) {
      log.security({ event: 'config_change_denied', ...identify(session), setting: limit, ts: Date.now() });
      throw new ToolError('FORBIDDEN', 'The confirmation is wrong');
    }
    const before = limits[limit];
    limits[limit] = value;
    log.security({ event: 'config_change', ...identify(session), setting: limit, before, after: value, ts: Date.now() });
    return `${limit} is now ${value}`;
  },
});

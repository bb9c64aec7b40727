import { deliver } from './sink.js';

export { createLogger } from './sink.js';

export const audit = (what: string, details: Record<string, unknown> = {}): void => deliver('info', what, details);
export const suspicion = (what: string, details: Record<string, unknown> = {}): void => deliver('warn', what, details);

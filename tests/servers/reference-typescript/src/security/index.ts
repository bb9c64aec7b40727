export type { Effect, SecurityEvent } from './events.js';
export { countOutbound, identify, refuseProtectedPath } from './guards.js';
export { hash } from './hash.js';
export { instrument, type Instrumented } from './instrument.js';
export { log } from './log.js';

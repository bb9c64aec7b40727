import { log } from './log.js';
import type { Session, ToolCall } from './session.js';

export function afterToolCall(session: Session): void {
// <article>
// Cross-category chain detection
function isExfiltrationPattern(callLog: ToolCall[]): boolean {
const recent = callLog.filter(c => Date.now() - c.ts < 30_000);
const hasRetrieval = recent.some(c => c.effectClass === 'retrieval');
const hasExternal = recent.some(c => c.effectClass === 'external');
const hasMutation = recent.some(c => c.effectClass === 'mutation');
// retrieval + external with no mutation = potential exfiltration
return hasRetrieval && hasExternal && !hasMutation;
}
// Run after each tool call that completes successfully
if (isExfiltrationPattern(session.callLog)) {
log.security({
event: 'chain_guard_alert',
pattern: 'retrieval_to_external',
callSequence: session.callLog.slice(-10).map(c => c.tool),
ts: Date.now()
});
}
// </article>
}

import { log } from './log.js';

// <article>
class SessionVolumeGuard {
private inboundBytes = 0;
private outboundBytes = 0;
private readonly INBOUND_CEILING = 10 * 1024 * 1024; // 10 MB
private readonly OUTBOUND_CEILING = 1 * 1024 * 1024; // 1 MB
recordResponse(toolName: string, responseBytes: number) {
this.inboundBytes += responseBytes;
if (responseBytes > 5 * 1024 * 1024) {
log.security({ event: 'large_single_response', tool: toolName, bytes: responseBytes, ts: Date.now() });
}
if (this.inboundBytes > this.INBOUND_CEILING) {
log.security({ event: 'session_volume_ceiling', totalBytes: this.inboundBytes, ts: Date.now() });
}
}
recordOutbound(toolName: string, bodyBytes: number) {
this.outboundBytes += bodyBytes;
if (this.outboundBytes > this.OUTBOUND_CEILING) {
log.security({ event: 'outbound_volume_ceiling', tool: toolName, totalBytes: this.outboundBytes, ts: Date.now() });
}
}
}
// </article>

export { SessionVolumeGuard };

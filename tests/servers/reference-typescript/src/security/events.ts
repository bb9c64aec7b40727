export type Effect = 'retrieval' | 'mutation' | 'external';

/** Reasons a caller can be turned away for. */
export type AuthReason =
  | 'missing'
  | 'invalid'
  | 'expired'
  | 'revoked'
  | 'scope'
  | 'rate_limit'
  | 'session_mismatch'
  | 'unknown_session'
  | 'idor';

/** Names are stable: the alert rules in deploy/ are written against them. */
export type EventName =
  | 'auth_failure'
  | 'session_initialized'
  | 'session_rejected'
  | 'idor_attempt'
  | 'tool_call'
  | 'burst_alert'
  | 'chain_guard_alert'
  | 'enumeration_alert'
  | 'large_single_response'
  | 'session_volume_ceiling'
  | 'outbound_volume_ceiling'
  | 'write_to_protected_path'
  | 'config_change'
  | 'config_change_denied'
  | 'tool_surface';

export interface SecurityEvent {
  event: EventName;
  ts: number;
  reason?: AuthReason | string;
  callerId?: string;
  sessionId?: string;
  sessionAge?: number;
  [field: string]: unknown;
}

export function emit(event: string, fields: Record<string, unknown> = {}) {
  console.error(JSON.stringify({ ts: new Date().toISOString(), event, ...fields }));
}

export function emit(event: string, fields: Record<string, unknown>) {
  process.stderr.write(JSON.stringify({ ts: Date.now(), event, ...fields }) + "\n");
}

type Level = "info" | "warn" | "error";

export function emit(level: Level, event: string, fields: Record<string, unknown> = {}): void {
  const line = JSON.stringify({ ts: new Date().toISOString(), level, event, ...fields });
  if (level === "error") console.error(line);
  else console.warn(line);
}

export class Journal {
  note(event: string, fields: Record<string, unknown> = {}): void {
    emit("info", event, fields);
  }
}

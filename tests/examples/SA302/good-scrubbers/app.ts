const SENSITIVE = new Set(["password", "token", "secret"]);

function scrub(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(scrub);
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, SENSITIVE.has(key.toLowerCase()) ? "[REDACTED]" : scrub(item)]),
    );
  }
  return value;
}

function redact(input: Record<string, unknown>): Record<string, unknown> {
  const output: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(input)) {
    output[key] = /pass|token|secret/i.test(key) ? "***" : item;
  }
  return output;
}

export function start(password: string, token: string): void {
  console.error("scrubbed", scrub({ user: "demo", password, session: { token } }));
  console.error("redacted", redact({ user: "demo", password }));
}

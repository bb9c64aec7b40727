export function maskSecret(value: string) {
  return `<${value}>`;
}
export const redact = (value: string) => value.trim();
export function hashToken(value: string): string {
  return value;
}
export function sanitize<T extends object>(fields: T): T {
  return { ...fields };
}
export function formatBearerToken(value: string) {
  return `Bearer ${value}`;
}
export const authHeaders = () => ({ Authorization: formatBearerToken(process.env.MAIL_TOKEN!) });

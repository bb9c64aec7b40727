import pino from "pino";

const log = pino();
const QUIET = new Set(["authorization"]);

function trimmed(given: Record<string, string>): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    shown[name] = QUIET.has(name.toLowerCase()) ? "***" : value;
  }
  return shown;
}

export function send() {
  const headers: Record<string, string> = { Authorization: `Bearer ${process.env.LEDGER_TOKEN}`, Accept: "text/plain" };
  log.info({ headers: trimmed(headers) }, "sent");
  const shown = { ...headers };
  delete shown.Authorization;
  log.info({ shown }, "sent");
  log.info(`sent ${JSON.stringify(shown)}`);
  headers.Authorization = "[hidden]";
  log.info({ headers }, "sent");
}

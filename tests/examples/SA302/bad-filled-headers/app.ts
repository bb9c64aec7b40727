import pino from "pino";

const log = pino({ redact: ["headers.authorization"] });
const other = pino({ redact: ["req.headers.authorization"] });

export async function call(init: RequestInit = {}) {
  const headers = new Headers(init.headers);
  headers.set("authorization", `Bearer ${process.env.CMS_TOKEN}`);
  const plain: Record<string, string> = {};
  plain["authorization"] = `Bearer ${process.env.CMS_TOKEN}`;

  log.info({ headers: Object.fromEntries(headers) }, "asking");
  log.info({ headers: plain }, "asking");
  log.info({ sent: Object.fromEntries(headers) }, "asking"); // expect: SA302
  other.info({ headers: plain }, "asking"); // expect: SA302
}

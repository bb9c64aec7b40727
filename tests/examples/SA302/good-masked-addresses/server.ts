import pino from "pino";

const log = pino();

function shown(text: string): string {
  const address = new URL(text);
  if (address.password) address.password = "***";
  return address.toString();
}

export function connect() {
  const address = new URL(process.env.DATABASE_URL ?? "");
  address.username = "";
  address.password = "";
  log.info(`connects to ${address.href}`);
  log.info({ address }, "connects");
  log.info(`connects to ${shown(process.env.DATABASE_URL ?? "")}`);
}

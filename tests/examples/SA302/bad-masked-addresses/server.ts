import pino from "pino";

const log = pino();

export function connect(careful: boolean) {
  const address = new URL(process.env.DATABASE_URL ?? "");
  if (careful) address.password = "***";
  log.info(`connects to ${address.href}`); // expect: SA302
  const store = new URL(process.env.STORE_DATABASE_URL ?? "");
  log.info(`connects to ${store}`); // expect: SA302
  store.password = "";
}

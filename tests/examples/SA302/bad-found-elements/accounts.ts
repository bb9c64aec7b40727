// `find` gives out an element of a list, with all that it holds.
import pino from "pino";

const log = pino();
const accounts = [{ id: "main", password: process.env.ACCOUNT_PASSWORD }];

export function pick(id: string) {
  const found = accounts.find((one) => one.id === id);
  log.info({ found }, "picked"); // expect: SA302
  log.info({ id: accounts.find((one) => one.id === id)?.id }, "told");
  log.info({ held: accounts.findLast((one) => one.id === id)?.password }, "last"); // expect: SA302
  log.info({ known: accounts.some((one) => one.id === id) }, "asked");
}

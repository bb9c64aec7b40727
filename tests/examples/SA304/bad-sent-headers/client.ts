import axios from "axios";
import pino from "pino";

const log = pino();

export async function ask(url: string) {
  const answer = await axios.get(url, { headers: { Authorization: `Bearer ${process.env.LEDGER_TOKEN}` } });
  log.info({ headers: answer.config.headers }, "sent"); // expect: SA304
  log.info({ config: answer.config }, "sent"); // expect: SA304
  log.info({ url: answer.config.url, status: answer.status }, "sent");
  return answer.data;
}

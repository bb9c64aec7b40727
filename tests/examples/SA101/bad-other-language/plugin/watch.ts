import pino from "pino";

const log = pino();

export function watched(rule: string): void {
  log.warn({ event: "input_violation", rule });
  log.warn({ event: "output_violation", rule });
}

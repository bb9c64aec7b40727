import { recall } from "./log/index.js";

export const logTrail = (value: unknown) => logValue({ value });

function logValue(value: unknown) {
  recall("trail", value);
}

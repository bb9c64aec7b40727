import pino from "pino";

const base = pino();
const send = (level: "info" | "error", message: string) => base[level](`mini ${message}`);

export const made = {
  info: (message: string) => send("info", message),
};
export const curried = (scope: string) => (message: string) => base.info(`${scope}: ${message}`);
export const say = curried("mini");
export const trail = (value: unknown) => base.info({ value }, "trail");
export function deeper(value: unknown) {
  trail({ value });
}

const ORDER = ["debug", "info", "warn", "error"];
const least = ORDER.indexOf(process.env.MINI_LEVEL ?? "info");

function write(level: string, message: string, ...rest: unknown[]): void {
  if (ORDER.indexOf(level) < least) return;
  const tail = rest.map((item) => (item instanceof Error ? item.message : JSON.stringify(item))).join(" ");
  const now = new Date().toISOString();
  process.stderr.write(`${now} ${level.toUpperCase()} ${message} ${tail}\n`);
}

export const logger = {
  debug: (message: string, ...rest: unknown[]) => write("debug", message, ...rest),
  info: (message: string, ...rest: unknown[]) => write("info", message, ...rest),
};

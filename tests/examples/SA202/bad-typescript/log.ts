export class Log {
  constructor(private readonly scope: string) {}
  info(message: string, ...rest: unknown[]) {
    console.error(`[${this.scope}] ${message}`, ...rest);
  }
}

class Refused extends Error {
  constructor(readonly status: number, readonly given: string) {
    super(`refused ${given}`);
  }
}

export function ask(status: number): void {
  if (status === 403) {
    throw new Refused(status, process.env.SHELF_API_KEY!); // expect: SA306 MEDIUM
  }
}

export class StoreError extends Error {
  constructor(readonly status: number, detail: string) {
    super(`${status}: ${detail}`);
  }
}

export class Client {
  async shelf(): Promise<unknown> {
    const res = await fetch("https://store.example.test/shelf");
    if (!res.ok) {
      throw new Error(await res.text());
    }
    return res.json();
  }

  async book(): Promise<unknown> {
    const res = await fetch("https://store.example.test/book");
    if (!res.ok) {
      const body = await res.json();
      throw new StoreError(res.status, body.message);
    }
    return res.json();
  }

  async code(): Promise<unknown> {
    const res = await fetch("https://store.example.test/book");
    if (!res.ok) throw new Error(`HTTP ${res.status}`);
    return res.json();
  }
}

export function requireWord(word: string): string {
  if (word.includes("/")) {
    throw new Error(`bad word ${word}`);
  }
  return word;
}

export const later = (word: string): Promise<string> =>
  new Promise((resolve, reject) => {
    if (word === "x") reject(new Error(`refused ${word}`));
    else resolve(word);
  });

export const handlers: Record<string, (args: any) => Promise<any>> = {
  word: async (args) => requireWord(args.word),
  find: async (args) => new Client().code(),
};

const shelves = new Map<string, string>();

export function put(tenant: string, name: string, text: string): void {
  const storageKey = `${tenant}:${name}`;
  console.log(`stored under ${storageKey}`);
  shelves.set(storageKey, text);
}

type Handler = (args: unknown) => Promise<object>;

async function loud(args: unknown): Promise<object> {
  if (args === undefined) return { content: [] };
  console.error("loud was called");
  return { content: [] };
}

async function quiet(_args: unknown): Promise<object> { // expect: SA105
  return { content: [] };
}

const handlers: Record<string, Handler> = { loud, quiet };

export const toolList = [
  { name: "loud", description: "Says so.", inputSchema: { type: "object" } },
  { name: "quiet", description: "Does not.", inputSchema: { type: "object" } },
];

export async function dispatch(name: string, args: unknown): Promise<object> {
  const handler = handlers[name];
  if (handler === undefined) throw new Error("unknown tool");
  return handler(args);
}

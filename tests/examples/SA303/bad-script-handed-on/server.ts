import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { CallToolRequestSchema, GetPromptRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { z } from "zod";
import { NoteSchema, type Note, Queue, Store } from "./keeping.js";

const server = new McpServer({ name: "desk", version: "1.0.0" });
const queue = new Queue();
const store = new Store();
store.on("saved", (n) => console.error("saved", n)); // expect: SA303
const pending = new Map<string, Note>();

async function save(note: Note) {
  console.error(`save ${note.limit}`);
  console.error("save", note);
}

server.registerTool("add", { inputSchema: NoteSchema.shape }, async (args) => {
  const note = NoteSchema.parse(args);
  await save(note); // expect: SA303
  queue.push(note);
  queue.drain();
  store.save(note);
  pending.set("x", note);
  console.error("p", pending.get("x")); // expect: SA303
  for (const [k, v] of pending) console.error("p", k, v); // expect: SA303
  const { success, data, error } = NoteSchema.safeParse(args);
  if (success) console.error("data", data); // expect: SA303
  else console.error("not", error);
  return { content: [] };
});

function verbose(message: string, data?: unknown) {
  console.error(message, JSON.stringify(data));
}

server.registerTool("run", { inputSchema: { command_line: z.string(), times: z.number() } }, async ({ command_line, times }) => {
  const trace = (message: string, ...rest: unknown[]) => {
    verbose(`run ${message}`, ...rest, command_line); // expect: SA303 LOW
  };
  trace("started");
  const limit = (message: string, ...rest: unknown[]) => verbose(message, ...rest, times);
  limit("ended");
  const typed = await server.server.elicitInput({ message: "Sure?", requestedSchema: { type: "object", properties: {} } });
  console.error("typed", typed); // expect: SA303
  return { content: [] };
});

const handlers: Record<string, (a: any) => Promise<unknown>> = {
  one: async (a) => console.error("one", a), // expect: SA303
  async two(a) {
    console.error("two", a); // expect: SA303
    return {};
  },
};
server.server.setRequestHandler(CallToolRequestSchema, async ({ params: { name, arguments: args } }) => {
  console.error("args", args); // expect: SA303
  const handler = handlers[name];
  return handler(args);
});
server.server.setRequestHandler(GetPromptRequestSchema, async ({ params }) => {
  console.error("args", params.arguments); // expect: SA303
  return { messages: [] };
});

const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
const send = transport.send.bind(transport);
transport.send = async (message) => {
  console.error("out", JSON.stringify(message).slice(0, 200)); // expect: SA303
  return send(message);
};
server.server.fallbackRequestHandler = async (request) => {
  console.error("fallback", request); // expect: SA303
  return {};
};
await server.connect(transport);

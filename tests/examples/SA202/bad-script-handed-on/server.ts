import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { CallToolRequestSchema, ReadResourceRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import fastq from "fastq";
import { z } from "zod";
import { bus } from "./helpers.js";

const server = new McpServer({ name: "desk", version: "1.0.0" });
const worker = fastq.promise(async (task: { query: string }) => {
  console.error(`task ${task.query}`); // expect: SA202
}, 1);

class Runner {
  private command: string;
  constructor(private args: { command_line: string; argv?: string[] }) {
    this.command = args.command_line;
  }
  get line() {
    return this.args.command_line;
  }
  get safe(): number {
    return this.args.command_line.length;
  }
  run() {
    const trace = (msg: string, ...rest: unknown[]) => {
      console.error(`[x] ${msg}`, ...rest, this.command); // expect: SA202
    };
    trace("started");
    setTimeout(() => trace("later"), 10);
    console.error(`line ${this.line}`); // expect: SA202
    console.error(`line ${this.safe}`);
  }
}

function capture(query: string) {
  return () => {
    console.error(`q ${query}`); // expect: SA202
  };
}

server.tool("search", { query: z.string(), limit: z.number().optional(), any: z.any() }, async ({ query, limit, any }) => {
  bus.emit("search", query);
  bus.emit("done", { query, limit });
  worker.push({ query });
  capture(query)();
  new Runner({ command_line: query }).run();
  let seen = "";
  const note = () => {
    seen = query;
  };
  note();
  console.error(`seen ${seen}`); // expect: SA202
  if (typeof any === "number" || typeof any === "boolean") {
    console.error(`any ${any}`);
  } else if (typeof any === "string") {
    console.error(`any ${any}`); // expect: SA202
  } else {
    console.error(`any ${any}`); // expect: SA202
  }
  switch (typeof any) {
    case "number":
      console.error(`any ${any}`);
      break;
    default:
      console.error(`any ${any}`); // expect: SA202
  }
  await [query].reduce(async (before, q) => {
    await before;
    console.error(`q ${q}`); // expect: SA202
  }, Promise.resolve());
  await withRetry(() => upstream(query));
  return { content: [] };
});

async function withRetry<T>(fn: () => Promise<T>): Promise<T> {
  return fn();
}
async function upstream(q: string) {
  console.error(`up ${q}`); // expect: SA202
  await fetch("https://api.example.test/things");
}

const handlers: Record<string, (a: any) => Promise<unknown>> = {
  one: async ({ title }) => console.error(`one ${title}`), // expect: SA202
};
server.server.setRequestHandler(CallToolRequestSchema, async ({ params: { name, arguments: args } }) => {
  const handler = handlers[name];
  return handler(args);
});
server.server.setRequestHandler(ReadResourceRequestSchema, async (r) => {
  console.error(`uri ${r.params.uri}`); // expect: SA202
  return { contents: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { EventEmitter } from "node:events";
import { z } from "zod";

const server = new McpServer({ name: "desk", version: "1.0.0" });
const bus = new EventEmitter();
const other = new EventEmitter();
other.on("data", (n) => console.error("data", n));
const ids = new Map<string, object>();

const Wanted = z.object({ content: z.string(), place: z.string(), limit: z.number(), mode: z.enum(["a", "b"]) });

server.registerTool("add", { inputSchema: Wanted.shape }, async (args) => {
  const { limit, mode } = Wanted.parse(args);
  console.error("wanted", { limit, mode });
  const checked = Wanted.safeParse(args);
  console.error("checked", checked.success);
  bus.emit("data", args);
  ids.set("x", args);
  for (const [k] of ids) console.error("id", k);
  const params = { id: args.place.slice(7) };
  console.error("got", params);
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

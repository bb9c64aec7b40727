import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";
import { say } from "./say.js";
import { z } from "zod";

const log = pino();
const server = new McpServer({ name: "mini", version: "1.0.0" });


server.tool("go", { path: z.string() }, async ({ path }) => {
  say(`going ${path}`); // expect: SA202
  say(path); // expect: SA202
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { createHash } from "node:crypto";
import pino from "pino";
import { z } from "zod";

const log = pino();
const server = new McpServer({ name: "notes", version: "1.0.0" });
const argsHash = (args: object) => createHash("sha256").update(JSON.stringify(args)).digest("hex");

const recorded =
  <A extends object>(tool: string, run: (args: A) => Promise<{ content: [] }>) =>
  async (args: A) => {
    const started = Date.now();
    try {
      const result = await run(args);
      log.info({ event: "tool_call", tool, argsHash: argsHash(args), keys: Object.keys(args), ms: Date.now() - started });
      return result;
    } catch (error) {
      log.error({ event: "tool_error", tool, argsHash: argsHash(args), err: error });
      throw error;
    }
  };

server.registerTool(
  "add",
  { inputSchema: { path: z.string(), content: z.string(), mode: z.enum(["a", "w"]), limit: z.number() } },
  recorded("add", async ({ path, content, mode, limit }) => {
    log.info({ path, mode, limit, bytes: Buffer.byteLength(content), length: content.length }, "add");
    log.info({ empty: !content, kind: typeof content }, "add");
    return { content: [] };
  }),
);

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

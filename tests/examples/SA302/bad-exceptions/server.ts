import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";

const log = pino();
const server = new McpServer({ name: "mini", version: "1.0.0" });
function check(v: string) {
  if (v.length < 8) throw new Error(`bad key ${v}`);
}

server.tool("go", {}, async () => {
  log.info("went");
  const v = process.env.MINI_API_KEY!;
  try {
    check(v);
  } catch (error: any) {
    log.error(error); // expect: SA302
    log.error(`refused: ${error.message}`);
    log.error({ code: error.code }, "refused");
  }
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { b, base, child, forRequest, made, meta, plain, Service, w } from "./logs.js";

const server = new McpServer({ name: "bound", version: "1.0.0" });
const service = new Service();

server.tool("go", {}, async () => {
  child.info("one");
  made().info("one");
  forRequest(process.env.SHELF_API_TOKEN).info("one");
  forRequest("x").info("one");
  plain.info("one");
  w.info("one");
  b.info("one");
  meta.info("one");
  base.info("one");
  service.log.info("one");
  service.other.info("one");
  service.work();
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

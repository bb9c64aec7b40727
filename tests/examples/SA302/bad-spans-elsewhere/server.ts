import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { trace } from "@opentelemetry/api";

const server = new McpServer({ name: "mini", version: "1.0.0" });
const tracer = trace.getTracer("mini");

server.tool("go", {}, async () => {
  console.error("went");
  return tracer.startActiveSpan("go", async (span) => {
    span.setAttribute("key", process.env.MINI_API_KEY ?? ""); // expect: SA302 LOW
    span.addEvent("went", { key: process.env.MINI_API_KEY }); // expect: SA302 LOW
    trace.getActiveSpan()?.setAttributes({ key: process.env.MINI_API_KEY }); // expect: SA302 LOW
    span.setAttribute("present", Boolean(process.env.MINI_API_KEY));
    span.end();
    return { content: [] };
  });
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

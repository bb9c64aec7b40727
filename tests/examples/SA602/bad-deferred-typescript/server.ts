import { exec } from "node:child_process";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { z } from "zod";

const server = new McpServer({ name: "deferred", version: "1.0.0" });

server.registerTool("run", { inputSchema: { command: z.string() } }, async ({ command }) => {
  [command].forEach(exec); // expect: SA602
  [command].map((one) => exec(one)); // expect: SA602
  setTimeout(exec, 10, command); // expect: SA602
  process.nextTick(exec, command); // expect: SA602
  exec.call(null, command); // expect: SA602
  exec.apply(null, [command]); // expect: SA602
  Reflect.apply(exec, null, [command]); // expect: SA602
  Promise.resolve(command).then(exec); // expect: SA602
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

import fs from "node:fs";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { ReadResourceRequestSchema } from "@modelcontextprotocol/sdk/types.js";

const server = new Server({ name: "orders", version: "1.0.0" }, { capabilities: { resources: {} } });

server.setRequestHandler(ReadResourceRequestSchema, async (request) => {
  const address = new URL(request.params.uri);
  const rooted = fs.readFileSync(`/srv/orders${address.pathname}`, "utf8");
  const text = fs.readFileSync(address.pathname, "utf8"); // expect: SA603
  return { contents: [{ uri: request.params.uri, text: text + rooted }] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

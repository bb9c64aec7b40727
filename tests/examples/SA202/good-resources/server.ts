import { McpServer, ResourceTemplate } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

const server = new McpServer({ name: "mini", version: "1.0.0" });

server.registerResource(
  "shelf",
  new ResourceTemplate("shelf://{name}", { list: undefined }),
  { title: "Shelf" },
  async (uri, { name }) => {
    console.error(`shelf ${name} at ${uri.href}`);
    return { contents: [] };
  },
);

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

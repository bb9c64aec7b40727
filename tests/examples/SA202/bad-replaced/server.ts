// What takes the place of a mark is in the text; what it takes the place of is not.
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { z } from "zod";

const server = new McpServer({ name: "shelves", version: "1.0.0" });

server.tool("show", { shelf: z.string() }, async ({ shelf }) => {
  console.log("/shelves/:shelf".replace(":shelf", shelf)); // expect: SA202 MEDIUM
  console.log("/shelves/:shelf".replace(":shelf", encodeURIComponent(shelf)));
  return { content: [{ type: "text", text: shelf }] };
});

server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

const server = new McpServer({ name: "mini", version: "1.0.0" });
const apiKey = "jqUiEH3Q9GFSTC2MTzJ5d7u5SbKkinhvWFTD"; // expect: SA605
const jwtSecret = process.env.JWT_SECRET ?? "4vMdETBrF4SFp7QES8HfAXmcTqJCjwRHLSDMNVrVjzPU"; // expect: SA605
const options = { accessToken: "eiuMTY4BSCABximNigReGt5sdthk69biVvPQXN69" }; // expect: SA605

server.tool("go", {}, async ({ password }: { password: string }) => {
  if (password === "let-me-in-2024") { // expect: SA605
    return { content: [{ type: "text", text: [apiKey, jwtSecret, options].length.toString() }] };
  }
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

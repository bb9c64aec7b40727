import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

const server = new McpServer({ name: "mini", version: "1.0.0" });
const apiKey = process.env.SERVICE_API_KEY;
const tokenEndpoint = "https://login.example.test/oauth2/v2.0/token";
const firebase = { publicKey: "wxrJbYD6JAEry9SdLDFt6a8itUpRvUCfMLTeASZX", apiKeyHeader: "x-goog-api-key-v1" };
const integrity = "sha512-mWRC9VPYMAXaFgTisNRi2AFS5FKboCbBVVrQFoj7zKtw39pazWxhKUxqsKC5==";
const labels = { newPassword: "label.new-password", resetPassword: "account:reset.password" };
const requestId = "d4072014b3ce107f80e222f828767efc";

server.tool("go", {}, async () => {
  return { content: [{ type: "text", text: [apiKey, tokenEndpoint, firebase, integrity, labels, requestId].length.toString() }] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

const server: any = new McpServer({ name: "mini", version: "1.0.0" });
const client: any = new Client({ name: "mini", version: "1.0.0" });

const notify = server.notification.bind(server);
server.notification = async (...args: any[]) => {
  const [{ params }] = args;
  console.error("telling", JSON.stringify(params));
  return notify(...args);
};

const ask = client.request.bind(client);
client.request = async (...args: any[]) => {
  const [{ params }] = args;
  console.error("asking", JSON.stringify(params)); // expect: SA303 MEDIUM
  return ask(...args);
};

if (process.env.MINI_DEBUG === "1") {
  const hand = client.notification.bind(client);
  client.notification = async (...args: any[]) => {
    const [{ params }] = args;
    console.error("handing on", JSON.stringify(params)); // expect: SA303 LOW
    return hand(...args);
  };
}

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

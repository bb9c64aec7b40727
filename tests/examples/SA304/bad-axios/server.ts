import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";
import axios from "axios";

const log = pino();
const server = new McpServer({ name: "mini", version: "1.0.0" });
async function fetchIt(token: string) {
  return axios.get("https://api.example.test/things", { headers: { Authorization: `Bearer ${token}` } });
}

server.tool("go", {}, async () => {
  log.info("went");
  try {
    await fetchIt("");
  } catch (error: any) {
    console.error("failed", error); // expect: SA304
    console.error("failed", error.message);
    console.error(`failed ${error}`);
    console.error("failed", String(error));
  }
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

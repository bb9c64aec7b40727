import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import axios from "axios";

const server = new McpServer({ name: "stock", version: "1.0.0" });
const open = axios.create({ baseURL: "https://stock.example.test", timeout: 3000 });

server.tool("load", {}, async () => {
  try {
    const answer = await open.get("/shelves");
    console.info("loaded", answer.status, answer.data.length);
    console.info(`loaded ${answer}`);
  } catch (error) {
    console.error("not loaded", error);
  }
  return { content: [] };
});
server.tool("fetch", {}, async () => {
  const { status } = await axios.get("https://stock.example.test/shelves");
  console.info("fetched", status);
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

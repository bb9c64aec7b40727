import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import axios, { type AxiosInstance } from "axios";

const server = new McpServer({ name: "stock", version: "1.0.0" });
const plain = axios.create({ headers: { Authorization: `Bearer ${process.env.STOCK_TOKEN}` } });

class Stock {
  private client: AxiosInstance;

  constructor(token: string) {
    this.client = axios.create({ baseURL: "https://stock.example.test", headers: { Authorization: `Bearer ${token}` } });
  }

  async load() {
    try {
      const answer = await this.client.get("/shelves");
      console.error("loaded", answer); // expect: SA304
      return answer.data;
    } catch (error) {
      console.error("not loaded", error); // expect: SA304
      throw error;
    }
  }
}

const stock = new Stock(process.env.STOCK_TOKEN ?? "");

server.tool("load", {}, async () => ({ content: [{ type: "text", text: String(await stock.load()) }] }));
server.tool("direct", {}, async () => {
  const answer = await axios.post("https://stock.example.test/shelves", { width: 3 });
  console.info("posted", answer); // expect: SA304
  return { content: [] };
});
server.tool("plain", {}, async () => {
  try {
    await plain.get("https://stock.example.test/shelves");
  } catch (error) {
    console.error("failed", error); // expect: SA304
  }
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import axios from "axios";
import ky, { type KyInstance } from "ky";
import { z } from "zod";

class Places {
  readonly #http: KyInstance;

  constructor(baseUrl: string) {
    this.#http = ky.create({ prefixUrl: baseUrl, timeout: 5_000 });
  }

  read(path: string): Promise<string> {
    return this.#http.get(path).text(); // expect: SA601 LOW
  }
}

const places = new Places(process.env.PLACES_URL ?? "https://places.example.com");
const other = axios.create({ baseURL: "https://other.example.com" });
const server = new McpServer({ name: "mini", version: "1.0.0" });

server.tool("read_place", "Reads a place", { path: z.string() }, async ({ path }) => {
  return { content: [{ type: "text", text: await places.read(path) }] };
});

server.tool("read_other", "Reads another", { path: z.string() }, async ({ path }) => {
  const { data } = await other.get(path); // expect: SA601 HIGH
  return { content: [{ type: "text", text: data }] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

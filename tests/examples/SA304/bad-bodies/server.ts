import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";
import axios from "axios";
import express from "express";

const log = pino();
const server = new McpServer({ name: "mini", version: "1.0.0" });
const app = express();
app.post("/in", (req, res) => {
  log.info({ body: req.body }, "in"); // expect: SA304 MEDIUM
  res.end();
});
async function fetchIt(url: string) {
  try {
    const { data } = await axios.get(url);
    log.info({ data }, "answer"); // expect: SA304 MEDIUM
  } catch (error: any) {
    log.error({ answer: error.response?.data }, "refused"); // expect: SA304 LOW
  }
}

server.tool("go", {}, async () => {
  log.info("went");
  await fetchIt("https://api.example.test/things");
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

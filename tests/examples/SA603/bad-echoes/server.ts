import * as fs from "fs";
import * as path from "path";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { z } from "zod";

const server = new McpServer({ name: "mini", version: "1.0.0" });

server.tool("save", { dir: z.string() }, async ({ dir }) => {
  const place = path.resolve(dir);
  fs.mkdirSync(place, { recursive: true });
  fs.writeFileSync(path.join(place, "report.txt"), "report"); // expect: SA603
  return { content: [] };
});

await server.connect(new StdioServerTransport());

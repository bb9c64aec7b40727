import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { McpAgent } from "agents/mcp";
import { z } from "zod";

export class Desk extends McpAgent {
  server = new McpServer({ name: "desk", version: "1.0.0" });

  async init() {
    this.server.tool("find_note", { title: z.string() }, async ({ title }) => {
      console.error(`no note ${title}`); // expect: SA202 LOW
      return { content: [] };
    });
  }
}

export default Desk.serve("/mcp");

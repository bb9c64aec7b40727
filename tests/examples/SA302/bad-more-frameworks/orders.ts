import { getCookie, getHeader } from "h3";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";

const server = new McpServer({ name: "orders", version: "1.0.0" });

server.registerTool("show", {}, async (_args, extra) => {
  console.error(extra.requestInfo?.headers["x-api-key"]); // expect: SA302
  console.error(extra.requestInfo?.headers["user-agent"]);
  return { content: [] };
});

export const handler = async (event: unknown) => {
  console.log(getHeader(event, "authorization")); // expect: SA302
  console.log(getHeader(event, "user-agent"));
  console.log(getCookie(event, "visit")); // expect: SA302
};

export const resolvers = {
  Mutation: {
    login: (_parent: unknown, { password }: { password: string }) => console.log(password), // expect: SA302
  },
};

import { createHash } from "node:crypto";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";

const hash = (value: string) => createHash("sha256").update(value).digest("hex");
const server = new McpServer({ name: "mini", version: "1.0.0" });
server.registerTool("one", {}, async (args, extra) => {
  const user = extra.authInfo.extra.user;
  console.error(`asked by ${user.email}`); // expect: SA111
  console.error("asked", { userId: user.id, user: hash(user.email) });
  console.error("asked", { user: user.fullName }); // expect: SA111
  return { content: [] };
});

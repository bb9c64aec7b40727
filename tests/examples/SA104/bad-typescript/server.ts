import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import express from "express";
import { sessions } from "./sessions.js";

const server = new McpServer({ name: "notes", version: "1.0.0" });
server.registerTool("ping", {}, async () => ({ content: [] }));
const app = express();
app.post("/mcp", async (req, res) => {
  const session = sessions.get(req.header("mcp-session-id"));
  const note = sessions.get(req.params.id);
  if (note.ownerId !== req.user.id) {
    res.status(404).json({ error: "no such note" }); // expect: SA104
    return;
  }
  await session.transport.handleRequest(req, res, req.body);
});
app.listen(3000);

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { McpAgent } from "agents/mcp";
import { z } from "zod";
import { notes } from "./notes";

type Props = { login: string };

export class Notes extends McpAgent<Env, unknown, Props> {
  server = new McpServer({ name: "notes", version: "1.0.0" });

  async init() {
    this.server.tool("delete_note", "Delete a note", { id: z.string() }, async ({ id }) => {
      const note = notes.get(id);
      if (note?.owner !== this.props.login) {
        return { content: [{ type: "text", text: "not your note" }], isError: true }; // expect: SA104 LOW
      }
      notes.remove(id);
      console.log(JSON.stringify({ event: "note_deleted", tool: "delete_note", id }));
      return { content: [{ type: "text", text: "deleted" }] };
    });
  }
}

export default Notes.serve("/mcp");

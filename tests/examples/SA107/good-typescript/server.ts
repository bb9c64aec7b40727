import { readFile } from "node:fs/promises";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import pino from "pino";
import { z } from "zod";

const log = pino();
const server = new McpServer({ name: "desk", version: "1.0.0" });
const ceilings = { single: Number(process.env.MAX_RESPONSE ?? 5e6), session: Number(process.env.MAX_SESSION ?? 1e7) };

class SessionVolume {
  private returnedBytes = 0;

  count(tool: string, bytes: number) {
    this.returnedBytes += bytes;
    if (bytes > ceilings.single) log.warn({ event: "large_single_response", tool, bytes });
    if (this.returnedBytes > ceilings.session) log.warn({ event: "session_volume_ceiling", tool });
  }
}

const volume = new SessionVolume();

server.registerTool("read_note", { inputSchema: { name: z.string() } }, async ({ name }) => {
  const text = await readFile(`/srv/notes/${name}`, "utf8");
  volume.count("read_note", Buffer.byteLength(text));
  return { content: [{ type: "text", text }] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

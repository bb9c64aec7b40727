import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const PEERS: Record<string, string> = { docs: "https://docs.example.test/mcp" };

export async function action({ request }: { request: Request; context: unknown }) {
  const { peers = [], text }: { peers?: string[]; text: string } = await request.json();
  for (const name of peers) {
    const client = new Client({ name: "mini", version: "1.0.0" });
    if (name in PEERS) await client.connect(new StreamableHTTPClientTransport(new URL(PEERS[name])));
  }
  return Response.json({ text });
}

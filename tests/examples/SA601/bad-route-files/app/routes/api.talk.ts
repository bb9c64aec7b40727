import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

interface Peer {
  url: string;
}

export async function action({ request }: { request: Request; context: unknown }) {
  const { peers = [], text }: { peers?: Peer[]; text: string } = await request.json();
  for (const address of peers.map((peer) => peer.url)) {
    const client = new Client({ name: "mini", version: "1.0.0" });
    await client.connect(new StreamableHTTPClientTransport(new URL(address))); // expect: SA601
  }
  return Response.json({ text });
}

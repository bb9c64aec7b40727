import { FastMCP } from "fastmcp";
import { McpAgent } from "agents/mcp";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";

// ruleid: ts-transport-stdio
await server.connect(new StdioServerTransport());
// ok: ts-transport-stdio
const peer = new StdioClientTransport({ command: "node" });
// ruleid: ts-transport-http
const http = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
// ruleid: ts-transport-http
const web = new WebStandardStreamableHTTPServerTransport();
// ruleid: ts-transport-http
const hono = new StreamableHTTPTransport({ enableJsonResponse: true });
// ok: ts-transport-http
const client = new StreamableHTTPClientTransport(new URL(address));
// ruleid: ts-transport-sse
const sse = new SSEServerTransport("/messages", response);
// ruleid: ts-transport-sse
const old = new sdk.SSEServerTransport("/messages", response);
// ok: ts-transport-sse
const listener = new SSEClientTransport(new URL(address));

// ruleid: ts-transport-subclass-stdio
class QuietStdio extends StdioServerTransport {}
// ruleid: ts-transport-subclass-http
class CountingHttp extends StreamableHTTPServerTransport {}
// ruleid: ts-transport-subclass-sse
class LoudSse extends SSEServerTransport {
  send(message: unknown) { return super.send(message as never); }
}
// ok: ts-transport-subclass-stdio, ts-transport-subclass-http, ts-transport-subclass-sse
class Other extends Transport {}

// ruleid: ts-transport-handler
const handler = createMcpHandler((server) => register(server), {}, { basePath: "/api" });

export class Library extends McpAgent<Env, State> {
  server = new McpServer({ name: "library", version: "1" });
}
// ruleid: ts-transport-agent-http
const route = Library.serve("/mcp");
// ruleid: ts-transport-agent-sse
const events = Library.serveSSE("/sse");
// ok: ts-transport-agent-http
Deno.serve(() => new Response("hello"));

// ruleid: ts-transport-fastmcp-stdio
fast.start({ transportType: "stdio" });
// ruleid: ts-transport-fastmcp-stdio
fast.start();
// ruleid: ts-transport-fastmcp-http
fast.start({ transportType: "httpStream", httpStream: { port: 8080 } });
// ruleid: ts-transport-fastmcp-sse
fast.start({ transportType: "sse", sse: { endpoint: "/sse", port: 8080 } });
// ruleid: ts-transport-fastmcp-unknown
fast.start({ transportType: options.transport });
// ok: ts-transport-fastmcp-unknown
fast.start({ port: 1 });

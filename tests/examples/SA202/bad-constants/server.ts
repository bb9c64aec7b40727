import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { z } from "zod";

const asked: string[] = [];

type Place = { owner: string; kind: string };

function fetched({ place }: { place: Place }): void {
  asked.push("one");
  const { owner, kind } = place;
  if (kind === "mirror") {
    console.error(`asking the mirror of ${owner}`); // expect: SA202
  } else if (kind === "origin" || kind === "disk") {
    console.error(`asking ${owner}`); // expect: SA202
  }
}

function chosen(place: Place): void {
  asked.push("one");
  if (place.kind === "mirror") console.error(`chosen ${place.owner}`); // expect: SA202
}

function changed(place: Place): void {
  asked.push("one");
  if (place.kind === "mirror") console.error(`changed ${place.owner}`); // expect: SA202
}

function listed(owner: string, verbose = true): void {
  asked.push("one");
  if (!verbose) return;
  console.error(`listing ${owner}`); // expect: SA202
}

const server = new McpServer({ name: "mini", version: "1.0.0" });

server.tool("read", { owner: z.string(), near: z.boolean() }, async ({ owner, near }) => {
  fetched({ place: { owner, kind: "mirror" } });
  fetched({ place: { owner, kind: "disk" } });
  chosen({ owner, kind: near ? "mirror" : "origin" });
  const place: Place = { owner, kind: "origin" };
  if (near) place.kind = "mirror";
  changed(place);
  listed(owner);
  return { content: [] };
});

await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

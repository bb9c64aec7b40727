import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { z } from "zod";

const asked: string[] = [];

type Place = { owner: string; kind: "mirror" | "origin" | "disk"; quiet?: boolean };

function fetched({ place, depth }: { place: Place; depth: number }): number {
  asked.push("one");
  const { owner, kind } = place;
  if (kind === "mirror") {
    console.error(`asking the mirror of ${owner}`);
  } else if (place.kind !== "origin") {
    console.error(`asking the disk for ${owner}`);
  }
  switch (kind) {
    case "mirror":
    case "disk":
      console.error(`nearby: ${owner}`);
      break;
    default:
  }
  return depth;
}

function listed(owner: string, verbose?: boolean): void {
  asked.push("one");
  if (!verbose) return;
  console.error(`listing ${owner}`);
}

const server = new McpServer({ name: "mini", version: "1.0.0" });

server.tool("read", { owner: z.string() }, async ({ owner }) => {
  const place: Place = { owner, kind: "origin" };
  fetched({ place, depth: 1 });
  listed(owner);
  return { content: [] };
});

fetched({ place: { owner: "local", kind: "mirror" }, depth: 1 });
listed("local", true);
await server.connect(new StreamableHTTPServerTransport({ sessionIdGenerator: undefined }));

import { Hono } from "hono";
import { createServer, type IncomingMessage } from "node:http";

export const hono = new Hono();
hono.post("/in", async (c) => {
  console.error("in", await c.req.json()); // expect: SA304 MEDIUM
  console.error("in", c.req.valid("json")); // expect: SA304 MEDIUM
  return c.text("ok");
});

async function whole(req: IncomingMessage) {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

export const listening = createServer(async (incoming, outgoing) => {
  let text = "";
  incoming.on("data", (part) => {
    text += part;
  });
  incoming.on("end", () => {
    console.error(`in ${text}`); // expect: SA304 MEDIUM
    outgoing.end();
  });
  console.error(await whole(incoming)); // expect: SA304 MEDIUM
});

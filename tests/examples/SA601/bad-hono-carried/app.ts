import { Hono } from "hono";

const app = new Hono<{ Variables: { address: string; shelf: string } }>();

app.use(async (c, next) => {
  c.set("address", c.req.query("address") ?? "");
  c.set("shelf", "https://shelf.example.com");
  await next();
});

app.get("/address", async (c) => {
  const answer = await fetch(c.get("address")); // expect: SA601 HIGH
  return c.text(String(answer.status));
});

app.get("/shelf", async (c) => {
  const answer = await fetch(c.get("shelf"));
  return c.text(String(answer.status));
});

export default app;

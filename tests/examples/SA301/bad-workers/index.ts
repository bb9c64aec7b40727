import { Hono } from "hono";

const app = new Hono();

app.get("/", (c) => {
  console.log(c.env); // expect: SA301
  console.log(c.env.REGION);
  return c.text("ok");
});

export default {
  async fetch(request: Request, env: Env, context: ExecutionContext) {
    console.log(JSON.stringify(env)); // expect: SA301
    console.log(Object.keys(env));
    console.log(env.REGION);
    return app.fetch(request, env, context);
  },
  async scheduled(event: ScheduledEvent, env: Env) {
    console.log("bound to", env); // expect: SA301
  },
};

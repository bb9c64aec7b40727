import Koa from "koa";
import Router from "@koa/router";

const router = new Router();

router.get("/", async (ctx) => {
  console.log(ctx.request.header); // expect: SA304
  console.log(ctx.header); // expect: SA304
  console.log(ctx.header["user-agent"]);
});

export const app = new Koa().use(router.routes());

export default {
  async fetch(request: Request): Promise<Response> {
    console.log(JSON.stringify([...request.headers])); // expect: SA304
    request.headers.forEach((value, name) => console.log(name, value)); // expect: SA304
    for (const [name, value] of request.headers) console.log(name + value); // expect: SA304
    for (const name of request.headers.keys()) console.log(name);
    return new Response("ok");
  },
};

import { initTRPC } from "@trpc/server";
import Hapi from "@hapi/hapi";
import { Elysia } from "elysia";
import { matchedData } from "express-validator";
import { getQuery, getRouterParam, readBody } from "h3";
import { exec } from "node:child_process";
import { z } from "zod";

const t = initTRPC.create();
export const procedures = t.router({
  print: t.procedure.input(z.object({ label: z.string(), copies: z.number() })).mutation(({ input }) => {
    exec(`print ${input.label}`); // expect: SA602
  }),
});

export const resolvers = {
  Query: {
    order: (_parent: unknown, args: { id: string }) => exec(`show ${args.id}`), // expect: SA602
  },
};

Hapi.server({ port: 1 }).route({
  method: "POST",
  path: "/print",
  handler: (request) => exec(`print ${request.payload.label}`), // expect: SA602
});

new Elysia().post("/print", ({ body }) => exec(`print ${body.label}`)); // expect: SA602

export const handler = async (event: unknown) => {
  exec(`print ${getQuery(event).label}`); // expect: SA602
  exec(`print ${(await readBody(event)).label}`); // expect: SA602
  exec(`print ${getRouterParam(event, "id")}`); // expect: SA602
};

export class Orders {
  print = async (req, res) => {
    exec(`print ${matchedData(req).label}`); // expect: SA602
    exec(`print ${req.query.label}`); // expect: SA602
  };
}

addEventListener("fetch", (event) => {
  event.respondWith(exec(new URL(event.request.url).searchParams.get("tool"))); // expect: SA602
});

new Deno.Command("sh", { args: ["-c", await Deno.readTextFile("run.sh")] });

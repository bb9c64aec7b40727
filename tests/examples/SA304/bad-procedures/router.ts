import { initTRPC } from "@trpc/server";
import { z } from "zod";

const t = initTRPC.create();

export const router = t.router({
  order: t.procedure.input(z.object({ sku: z.string(), card: z.string() })).mutation(({ input }) => {
    console.log("order", input); // expect: SA304
    console.log("order of", input.sku.length);
  }),
  count: t.procedure.input(z.number()).query(({ input }) => console.log("count", input)),
});

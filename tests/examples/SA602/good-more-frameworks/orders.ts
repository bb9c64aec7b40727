import { initTRPC } from "@trpc/server";
import { exec } from "node:child_process";
import { z } from "zod";

const t = initTRPC.create();
export const procedures = t.router({
  print: t.procedure.input(z.object({ format: z.enum(["a4", "a5"]), copies: z.number() })).mutation(({ input, ctx }) => {
    exec(`print -P ${input.format} -n ${input.copies} ${ctx.printer}`);
  }),
  show: t.procedure.input(z.object({ id: z.string() })).query(({ input }) => {
    if (!/^[a-z0-9]+$/.test(input.id)) throw new Error("no such order");
    exec(`show ${input.id}`);
  }),
});

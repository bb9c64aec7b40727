import { initTRPC } from "@trpc/server";
import { z } from "zod";
import { execSync } from "node:child_process";

const t = initTRPC.create();

export const router = t.router({
  paint: t.procedure.input(z.enum(["red", "blue"])).mutation(({ input }) => execSync(`paint ${input}`)),
  spray: t.procedure.input(z.string()).mutation(({ input }) => execSync(`paint ${input}`)), // expect: SA602 HIGH
  clean: t.procedure.input(z.object({ room: z.literal("hall").or(z.literal("attic")), how: z.string() })).mutation(({ input }) => {
    execSync(`clean ${input.room}`);
    execSync(`clean --how ${input.how}`); // expect: SA602 HIGH
  }),
});

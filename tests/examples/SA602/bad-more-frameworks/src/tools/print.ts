import { exec } from "node:child_process";
import { type InferSchema, type ToolMetadata } from "xmcp";
import { z } from "zod";

export const schema = { label: z.string() };
export const metadata: ToolMetadata = { name: "print", description: "Prints a label" };

export default async function print({ label }: InferSchema<typeof schema>) {
  exec(`print ${label}`); // expect: SA602
}

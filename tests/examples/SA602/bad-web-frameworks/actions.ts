"use server";

import { exec } from "node:child_process";

export async function convert(form: FormData) {
  exec(`convert ${form.get("file")}`); // expect: SA602
}

export async function rename(from: string, to: string) {
  exec(`mv ${from} ${to}`); // expect: SA602
}

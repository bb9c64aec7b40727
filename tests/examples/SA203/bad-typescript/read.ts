import { readFile } from "node:fs/promises";

export async function read() {
  return await readFile("/srv/notes", "utf8");
}

import { EventEmitter } from "node:events";

export const bus = new EventEmitter();
bus.on("search", (query: string) => {
  console.error(`bus ${query}`); // expect: SA202
});
bus.once("done", ({ query, limit }: { query: string; limit: number }) => {
  console.error(`bus ${query}`); // expect: SA202
  console.error(`bus ${limit}`);
});

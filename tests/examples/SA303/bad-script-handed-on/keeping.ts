import { EventEmitter } from "node:events";
import { z } from "zod";

export const NoteSchema = z.object({ title: z.string(), content: z.string(), limit: z.number() });
export type Note = z.infer<typeof NoteSchema>;

export class Queue {
  private items: Note[] = [];
  push(n: Note) {
    this.items.push(n);
  }
  drain() {
    const first = this.items.shift();
    console.error("first", first); // expect: SA303
    for (const item of this.items) {
      console.error("item", item); // expect: SA303
    }
  }
}

export class Store extends EventEmitter {
  save(n: Note) {
    this.emit("saved", n);
  }
}

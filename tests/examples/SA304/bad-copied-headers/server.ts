import express from "express";

const app = express();

function forIn(headers: any) {
  const found: any = {};
  for (const name in headers) found[name.toLowerCase()] = headers[name];
  return found;
}

function reduced(headers: any) {
  return Object.keys(headers).reduce((found: any, name) => {
    found[name.toLowerCase()] = headers[name];
    return found;
  }, {});
}

function asMap(headers: any) {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) found.set(name.toLowerCase(), String(value));
  return found;
}

function one(headers: any, wanted: string) {
  const lowered = forIn(headers);
  return lowered[wanted.toLowerCase()];
}

class Bag {
  private held: Record<string, string> = {};
  constructor(headers: any) {
    for (const [name, value] of Object.entries(headers)) {
      this.held[name.toLowerCase()] = value as string;
    }
  }
  get(name: string) {
    return this.held[name.toLowerCase()];
  }
  all() {
    return this.held;
  }
}

app.get("/", (req, res) => {
  const a = forIn(req.headers);
  console.log("id", a["x-request-id"]);
  console.log("auth", a["authorization"]); // expect: SA302 HIGH
  console.log("all", a); // expect: SA304
  const b = reduced(req.headers);
  console.log("id", b["x-request-id"]);
  console.log("auth", b["authorization"]); // expect: SA302 HIGH
  const c = asMap(req.headers);
  console.log("id", c.get("x-request-id"));
  console.log("auth", c.get("authorization")); // expect: SA302 HIGH
  console.log("one", one(req.headers, "X-Request-Id"));
  console.log("one", one(req.headers, "Authorization")); // expect: SA302 HIGH
  const bag = new Bag(req.headers);
  console.log("id", bag.get("X-Request-Id"));
  console.log("auth", bag.get("Authorization")); // expect: SA302 HIGH
  console.log("all", bag.all()); // expect: SA304
  res.end();
});

app.listen(8080);

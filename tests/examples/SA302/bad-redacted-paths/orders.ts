import express from "express";
import pino from "pino";

const log = pino({ redact: ["user.token", "*.apiKey", 'headers["x-api-key"]'] });
const plain = pino({ level: "info" });
const bound = plain.child({ part: "orders" });
const app = express();

app.post("/orders", (req, res) => {
  const { token, apiKey } = req.body;
  log.info({ token }, "ordered"); // expect: SA302
  log.info({ apiKey }, "ordered"); // expect: SA302
  log.info({ order: { user: { token } } }, "ordered"); // expect: SA302
  log.info({ order: { user: { apiKey } } }, "ordered"); // expect: SA302
  plain.info({ user: { token } }, "ordered"); // expect: SA302
  bound.info({ user: { token } }, "ordered"); // expect: SA302
  log.child({ token }).info("ordered"); // expect: SA302
  res.end();
});

import express from "express";
import pino from "pino";

const log = pino({ redact: { paths: ["user.token", "*.apiKey", "*.*.apiKey"], censor: "[hidden]" } });
const bound = log.child({ part: "orders" });
const app = express();

app.post("/orders", (req, res) => {
  const { token, apiKey } = req.body;
  const user = { id: req.body.id, token };
  log.info({ user: { token } }, "ordered");
  log.info({ user }, "ordered");
  bound.info({ order: { apiKey } }, "ordered");
  log.info({ order: { user: { apiKey } } }, "ordered");
  res.end();
});

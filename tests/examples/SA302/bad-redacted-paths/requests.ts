import Fastify from "fastify";
import pino from "pino";

const jobs = pino({ redact: ["token"] });
const app = Fastify({ logger: true });

app.post("/orders", async (req) => {
  jobs.info({ token: req.body.token }, "ordered");
  req.log.info({ token: req.body.token }, "ordered"); // expect: SA302
});

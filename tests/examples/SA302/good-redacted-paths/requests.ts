import Fastify from "fastify";

const app = Fastify({ logger: { redact: ["token"] } });

app.post("/orders", async (req) => {
  req.log.info({ token: req.body.token }, "ordered");
});

import pino from "pino";
import winston from "winston";

const redact = winston.format((info) => {
  delete info.password;
  info.token = "***";
  return info;
});
const written = winston.createLogger({ format: winston.format.combine(redact(), winston.format.json()) });
written.info("started", { password: process.env.DB_PASSWORD, token: process.env.SERVICE_TOKEN });

const plain = pino({ serializers: { token: () => "***" } });
plain.info({ token: process.env.SERVICE_TOKEN }, "started");

const options = { account: "app", secret: process.env.SERVICE_SECRET };
const cut = pino({ redact: { paths: ["secret"], remove: true } });
cut.info(options, "started");

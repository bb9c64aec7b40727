import pino from "pino";
import winston from "winston";

const redact = winston.format((info) => {
  delete info.password;
  return info;
});
const written = winston.createLogger({ format: winston.format.combine(redact(), winston.format.json()) });
written.info("started", { token: process.env.SERVICE_TOKEN }); // expect: SA302 HIGH

const cut = pino({ serializers: { token: (value: string) => value.trim() } });
cut.info({ token: process.env.SERVICE_TOKEN }, "started"); // expect: SA302 HIGH

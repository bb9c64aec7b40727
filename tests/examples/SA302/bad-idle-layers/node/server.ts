import pino from 'pino';
import winston from 'winston';

const token = process.env.API_TOKEN;

pino({ redact: [] }).info({ token }, 'boot'); // expect: SA302
pino({ redact: { paths: [], remove: true } }).info({ token }, 'boot'); // expect: SA302
pino({ redact: { paths: ['token'], censor: (value: unknown) => value } }).info({ token }, 'boot'); // expect: SA302
pino({ redact: { paths: ['token'], censor: () => '[hidden]' } }).info({ token }, 'boot');

const copied = winston.format((info) => {
  const shown = { ...info };
  shown.token = '***';
  return info;
});
winston.createLogger({ format: winston.format.combine(copied(), winston.format.json()) }).info('boot', { token }); // expect: SA302

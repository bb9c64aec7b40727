import pino from "pino";
import cloudWatchStream from "pino-cloudwatch";
import winston from "winston";
import WinstonCloudWatch from "winston-cloudwatch";
import LokiTransport from "winston-loki";
import DailyRotateFile from "winston-daily-rotate-file";
import { Syslog } from "winston-syslog";
import { Logging } from "@google-cloud/logging";
import { Logtail } from "@logtail/node";
import * as Sentry from "@sentry/node";
import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-http";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";

// ruleid: ts-sink-otlp
logs.addLogRecordProcessor(new BatchLogRecordProcessor(new OTLPLogExporter({ url: address })));
// ok: ts-sink-otlp
const spans = new OTLPTraceExporter({ url: address });
// ok: ts-sink-otlp
const numbers = new OTLPMetricExporter({ url: address });

// ruleid: ts-sink-pino-target
const loki = pino.transport({ target: "pino-loki", options: { host: address } });
// ruleid: ts-sink-pino-target
targets.push({ level: "info", target: "@serdnam/pino-cloudwatch-transport", options: {} });
// ok: ts-sink-pino-target
// ruleid: ts-sink-console
targets.push({ target: "pino-pretty" });
// ok: ts-sink-pino-target
const compiler = { target: "es2022" };
// ruleid: ts-sink-pino-syslog
targets.push({ target: "pino-syslog" });
// ruleid: ts-sink-pino-file
targets.push({ target: "pino/file", options: { destination: join(folder, "app.log"), mkdir: true } });
// ok: ts-sink-pino-file, ts-sink-pino-syslog
// ruleid: ts-sink-console
targets.push({ target: "pino/file", options: { destination: 2 } });
// ruleid: ts-sink-pino-file
const onDisk = pino({}, pino.destination("/var/log/shelf.log"));
// ok: ts-sink-pino-file
const onStderr = pino({}, pino.destination(2));

// ruleid: ts-sink-pino-stream
const cloud = cloudWatchStream({ group: "shelf" });
// ok: ts-sink-pino-stream
const shape = pinoCaller({ level: "info" });

// ruleid: ts-sink-winston-cloudwatch
logger.add(new WinstonCloudWatch({ logGroupName: "shelf" }));
// ruleid: ts-sink-winston
logger.add(new LokiTransport({ host: address }));
// ok: ts-sink-winston, ts-sink-winston-cloudwatch
// ruleid: ts-sink-console
logger.add(new winston.transports.Console());
// ruleid: ts-sink-winston-http
logger.add(new winston.transports.Http({ host: "logs.example.org", ssl: true }));
// ruleid: ts-sink-winston-syslog
logger.add(new Syslog({ host: address }));
// ruleid: ts-sink-winston-file
logger.add(new winston.transports.File({ filename: "shelf.log" }));
// ruleid: ts-sink-winston-file
logger.add(new DailyRotateFile({ filename: "shelf-%DATE%.log" }));
// ok: ts-sink-winston-file, ts-sink-winston-http, ts-sink-winston-syslog
const upload = new File([bytes], "shelf.txt");

// ruleid: ts-sink-aws
await client.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
// ok: ts-sink-aws
await client.send(new GetLogEventsCommand({ logGroupName, logStreamName }));
// ruleid: ts-sink-google
const google = new Logging({ projectId });
// ok: ts-sink-google
const other = new Logger({ projectId });
// ruleid: ts-sink-azure
const azure = new LogsIngestionClient(endpoint, credential);
// ruleid: ts-sink-azure
appInsights.setup().setAutoCollectConsole(true, true);
// ok: ts-sink-azure
const query = new LogsQueryClient(credential);
// ruleid: ts-sink-datadog
await datadog.submitLog({ body });
// ok: ts-sink-datadog
await datadog.listLogs({ body });
// ruleid: ts-sink-splunk
const splunk = new SplunkLogger({ token, url: address });
// ok: ts-sink-splunk
const search = new SplunkClient({ token });
// ruleid: ts-sink-service
const tail = new Logtail(sourceToken);
// ok: ts-sink-service
const head = new Loghead(sourceToken);

await configure({
  sinks: {
    // ruleid: ts-sink-logtape
    otel: getOpenTelemetrySink({ serviceName: "shelf" }),
    // ruleid: ts-sink-logtape-syslog
    sys: getSyslogSink({ hostname: address }),
    // ruleid: ts-sink-logtape-file
    disk: getRotatingFileSink("shelf.log"),
    // ok: ts-sink-logtape, ts-sink-logtape-file, ts-sink-logtape-syslog
    console: getConsoleSink(),
  },
});
// ruleid: ts-sink-mongodb-log-writer
const manager = new MongoLogManager({ directory, retentionDays: 30 });
// ruleid: ts-sink-sentry
Sentry.init({ dsn, tracesSampleRate: 1 });
// ruleid: ts-sink-sentry-logs
Sentry.init({ dsn, enableLogs: true });
// ok: ts-sink-sentry, ts-sink-sentry-logs
i18n.init({ language: "en" });
// ruleid: ts-sink-console
const terminal = new winston.transports.Console({ level: "info" });
// ok: ts-sink-console
const shelved = new shelves.Console({ level: "info" });
const targets = [
  // ruleid: ts-sink-console
  { target: "pino-pretty", options: { colorize: true } },
  // ruleid: ts-sink-console
  { target: "pino/file", options: { destination: 1 } },
  // ok: ts-sink-console
  { target: "pino-shelf", options: { destination: "/var/log/shelf.log" } },
];

// ruleid: ts-sink-azure-distro
useAzureMonitor({ instrumentationOptions: { winston: { enabled: true } } });
// ok: ts-sink-azure-distro
useAzureMonitor({ instrumentationOptions: { http: { enabled: true } } });
log4js.configure({
  appenders: {
    // ruleid: ts-sink-log4js
    remote: { type: "@log4js-node/logstash-http", url: "https://logs.example.com/_bulk" },
    // ok: ts-sink-log4js
    out: { type: "stdout" },
  },
});

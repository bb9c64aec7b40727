"""What libraries call the things that take records away: handlers, exporters, transports, by their dotted paths."""

import re
from typing import Final

_GOOGLE, _AZURE, _SYSLOG = "Google Cloud Logging", "Azure Monitor", "syslog"
EXTERNAL: Final = {
    "watchtower.CloudWatchLogHandler": "CloudWatch", "logging.handlers.SysLogHandler": _SYSLOG,
    "logging.handlers.HTTPHandler": "HTTP", "logging.handlers.SocketHandler": "socket",
    "logging.handlers.DatagramHandler": "socket", "logging_loki.LokiHandler": "Loki",
    "logging_loki.LokiQueueHandler": "Loki", "google.cloud.logging.Client().setup_logging": _GOOGLE,
    "google.cloud.logging.handlers.CloudLoggingHandler": _GOOGLE, "splunk_handler.SplunkHandler": "Splunk",
    "google.cloud.logging_v2.handlers.CloudLoggingHandler": _GOOGLE, "logtail.LogtailHandler": "Better Stack",
    "opencensus.ext.azure.log_exporter.AzureLogHandler": _AZURE, "graypy.GELFUDPHandler": "Graylog",
    "azure.monitor.opentelemetry.configure_azure_monitor": _AZURE, "graypy.GELFTCPHandler": "Graylog",
    "azure.monitor.opentelemetry.exporter.AzureMonitorLogExporter": _AZURE, "graypy.GELFTLSHandler": "Graylog",
    "graypy.GELFHTTPHandler": "Graylog", "pygelf.GelfUdpHandler": "Graylog", "pygelf.GelfTcpHandler": "Graylog",
    "pygelf.GelfTlsHandler": "Graylog", "pygelf.GelfHttpHandler": "Graylog", "pygelf.GelfHttpsHandler": "Graylog",
    "cmreslogging.handlers.CMRESHandler": "Elasticsearch", "opensearch_logger.OpenSearchHandler": "OpenSearch",
    "logstash_async.handler.AsynchronousLogstashHandler": "Logstash", "splunk_hec_handler.SplunkHecHandler": "Splunk",
    "logstash.TCPLogstashHandler": "Logstash", "logstash.UDPLogstashHandler": "Logstash",
    "logstash.LogstashHandler": "Logstash", "graypy.GELFRabbitHandler": "Graylog",
    "opensearch_logger.OpensearchHandler": "OpenSearch", "coralogix.coralogix_logger.CoralogixLogger": "Coralogix",
    "tlssysloghandler.TLSSysLogHandler": _SYSLOG, "aws_lambda_powertools.logging.Logger": "CloudWatch (Lambda)",
    "fluent.handler.FluentHandler": "Fluentd",
    "fluent.asynchandler.FluentHandler": "Fluentd", "coralogix.handlers.CoralogixLogger": "Coralogix",
    "datadog_api_client.v2.api.logs_api.LogsApi().submit_log": "Datadog",
    "aws_lambda_powertools.Logger": "CloudWatch (Lambda)", "loki_logger_handler.LokiLoggerHandler": "Loki",
    "loki_logger_handler.loki_logger_handler.LokiLoggerHandler": "Loki", "logdna.LogDNAHandler": "LogDNA",
    "axiom_py.logging.AxiomHandler": "Axiom", "newrelic_telemetry_sdk.LogClient": "New Relic",
    "rfc5424logging.Rfc5424SysLogHandler": _SYSLOG, "tlssyslog.TLSSysLogHandler": _SYSLOG,
    "logzio.handler.LogzioHandler": "Logz.io", "seqlog.log_to_seq": "Seq",
    "logfire.configure": "Logfire", "azure.monitor.ingestion.LogsIngestionClient": _AZURE,
    "azure.monitor.ingestion.aio.LogsIngestionClient": _AZURE,
}  # fmt: skip
"""Python: what makes a handler, a client or a whole set-up, and where its records go."""
MODULES: Final = {
    "winston-loki": "Loki", "winston-elasticsearch": "Elasticsearch", "winston-syslog": _SYSLOG,
    "datadog-winston": "Datadog", "@shelf/winston-datadog-logs-transport": "Datadog", "winston-graylog2": "Graylog",
    "winston-splunk-httplogger": "Splunk", "winston-logstash": "Logstash", "@axiomhq/winston": "Axiom",
    "@logtail/winston": "Better Stack", "winston-papertrail": "Papertrail", "winston-loggly-bulk": "Loggly",
    "winston-newrelic-logs-transport": "New Relic", "winston-azure-application-insights": _AZURE,
    "winston-aws-cloudwatch": "CloudWatch", "winston-cloudwatch": "CloudWatch",
    "winston-sumologic-transport": "Sumo Logic", "@datalust/winston-seq": "Seq", "winston-logzio": "Logz.io",
    "logdna-winston": "LogDNA", "winston-firehose": "Kinesis Firehose", "winston-logsene": "Sematext",
    "pino-loki": "Loki", "pino-datadog-transport": "Datadog", "pino-elasticsearch": "Elasticsearch",
    "pino-opentelemetry-transport": "OTLP", "pino-socket": "socket", "@logtail/pino": "Better Stack",
    "@axiomhq/pino": "Axiom", "pino-seq": "Seq", "pino-logflare": "Logflare", "pino-http-send": "HTTP",
    "pino-applicationinsights": _AZURE, "pino-papertrail": "Papertrail", "bunyan-syslog": _SYSLOG,
    "bunyan-cloudwatch": "CloudWatch", "bunyan-elasticsearch": "Elasticsearch", "gelf-stream": "Graylog",
    "bunyan-logstash-tcp": "Logstash", "@google-cloud/logging-winston": _GOOGLE,
    "@google-cloud/logging-bunyan": _GOOGLE,
}  # fmt: skip
"""JavaScript: packages that are nothing but a transport or a stream, whatever their importer calls them."""
_MADE = re.compile(r"^(?P<module>(?:@[\w.-]+/)?[\w-]+)(?:\.(?:default|[A-Za-z]\w*))?$")
NAMED: Final = {"winston.transports.Syslog": _SYSLOG, "winston.default.transports.Syslog": _SYSLOG}
"""Transports that a package adds to another one's."""
IMPORTED: Final = frozenset({*MODULES, "winston"})
"""The packages of which some file that makes such a thing imports one."""


def of_script(path: str) -> str:
    """Where a construction or call of this dotted path sends records in JavaScript; empty where it is no sink."""
    if path in NAMED:
        return NAMED[path]
    found = _MADE.match(path)
    return MODULES.get(found["module"], "") if found is not None else ""

"""An exporter of OpenTelemetry's logs is wired where records are handed to it."""

import pytest
from linked import facts_of

PYTHON = (
    "from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter as Exporter\n"
    "from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler\n"
    "from opentelemetry.sdk._logs.export import BatchLogRecordProcessor\n"
    "import logging\nprovider = LoggerProvider()\nexporter = Exporter()\n"
)
PROCESSED = "provider.add_log_record_processor(BatchLogRecordProcessor(exporter))\n"
HANDLED = "logging.getLogger().addHandler(LoggingHandler(logger_provider=provider))\n"
GLOBAL = "from opentelemetry._logs import set_logger_provider\nset_logger_provider(provider)\n"
INSTRUMENTED = (
    "from opentelemetry.instrumentation.logging import LoggingInstrumentor\nLoggingInstrumentor().instrument()\n"
    + GLOBAL
)
CONFIGURED = (
    GLOBAL + "from logging.config import dictConfig\n"
    "dictConfig({'version': 1, 'handlers': {'otel': {'class': 'opentelemetry.sdk._logs.LoggingHandler'}}})\n"
)
SCRIPT = (
    'import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-http";\n'
    'import { BatchLogRecordProcessor, LoggerProvider } from "@opentelemetry/sdk-logs";\n'
    "const provider = new LoggerProvider({ processors: [new BatchLogRecordProcessor(new OTLPLogExporter())] });\n"
)
API = 'import { logs } from "@opentelemetry/api-logs";\n'
REGISTERED = f"{API}logs.setGlobalLoggerProvider(provider);\n"
PINO = 'import { PinoInstrumentation } from "@opentelemetry/instrumentation-pino";\nnew PinoInstrumentation();\n'
WINSTON = 'import { OpenTelemetryTransportV3 as T } from "@opentelemetry/winston-transport";\nnew T();\n'
GO = """package main

import (
	"context"
	"log/slog"
	"go.opentelemetry.io/contrib/bridges/otelslog"
	"go.opentelemetry.io/otel/exporters/otlp/otlplog/otlploghttp"
	sdklog "go.opentelemetry.io/otel/sdk/log"
)

func main() {
	exporter, _ := otlploghttp.New(context.Background())
	provider := sdklog.NewLoggerProvider(sdklog.WithProcessor(sdklog.NewBatchProcessor(exporter)))
	%s
}
"""
CASES = [
    ("server.py", PYTHON + PROCESSED + HANDLED, True),
    ("server.py", PYTHON + PROCESSED + INSTRUMENTED, True),
    ("server.py", PYTHON + PROCESSED + CONFIGURED, True),
    ("server.py", PYTHON + PROCESSED, False),
    ("server.py", PYTHON + HANDLED, False),
    ("server.py", PYTHON, False),
    ("server.ts", SCRIPT + REGISTERED + 'logs.getLogger("a").emit({ body: "up" });\n', True),
    ("server.ts", SCRIPT + REGISTERED, False),
    ("server.ts", SCRIPT + REGISTERED + PINO, True),
    ("server.ts", SCRIPT + REGISTERED + WINSTON, True),
    ("server.ts", SCRIPT, False),
    ("main.go", GO % 'slog.SetDefault(otelslog.NewLogger("a", otelslog.WithLoggerProvider(provider)))', True),
    ("main.go", GO % "_ = provider", False),
]


@pytest.mark.parametrize(("path", "code", "wired"), CASES)
def test_an_exporter_is_wired_where_something_hands_records_over(path: str, code: str, *, wired: bool) -> None:
    manifest = {
        "server.py": ("pyproject.toml", '[project]\nname = "a"\nversion = "1"\n'),
        "server.ts": ("package.json", '{"name": "a", "version": "1.0.0", "main": "server.js"}'),
        "main.go": ("go.mod", "module example.org/a\n\ngo 1.25\n"),
    }[path]
    found = [one for one in facts_of({manifest[0]: manifest[1], path: code}).sinks if one.destination.lower() == "otlp"]
    assert [one.wired for one in found] == [wired]

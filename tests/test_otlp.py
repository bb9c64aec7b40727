"""Exporters of OpenTelemetry's logs that look wired and get no record, and such as do."""

import pytest
from linked import facts_of

PYTHON = """
import logging
from opentelemetry._logs import get_logger_provider, set_logger_provider
from opentelemetry.exporter.otlp.proto.grpc._log_exporter import OTLPLogExporter
from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor, ConsoleLogExporter


def start():
    provider = LoggerProvider()
    provider.add_log_record_processor(%s)
    %s
    logging.getLogger().%s


start()
"""
PROCESSOR = "BatchLogRecordProcessor(OTLPLogExporter())"
GLOBAL = "set_logger_provider(provider)"
ATTACHED = "addHandler(LoggingHandler(logger_provider=provider))"


@pytest.mark.parametrize(
    ("processor", "told", "logger", "wired"),
    [
        (PROCESSOR, GLOBAL, ATTACHED, True),
        (PROCESSOR, "pass", ATTACHED, True),
        (PROCESSOR, GLOBAL, "addHandler(LoggingHandler())", True),
        (PROCESSOR, GLOBAL, "addHandler(LoggingHandler(logger_provider=get_logger_provider()))", True),
        (PROCESSOR, GLOBAL, "setLevel(LoggingHandler(logger_provider=provider).level)", False),
        (PROCESSOR, "pass", "addHandler(LoggingHandler())", False),
        (PROCESSOR, "pass", "addHandler(LoggingHandler(logger_provider=LoggerProvider()))", False),
        (PROCESSOR, GLOBAL, "addHandler(logging.NullHandler())", False),
        ("BatchLogRecordProcessor(ConsoleLogExporter())", "OTLPLogExporter()", ATTACHED, False),
        (PROCESSOR, "keep(provider)", "addHandler(logging.NullHandler())\n    LoggingHandler()", True),
    ],
)
def test_python(processor: str, told: str, logger: str, wired: bool) -> None:  # noqa: FBT001 - a table
    held = facts_of({"app.py": PYTHON % (processor, told, logger)}).sinks
    assert [one.wired for one in held if one.destination == "OTLP"] == [wired]


SCRIPT = """
import { logs } from '@opentelemetry/api-logs';
import { BatchLogRecordProcessor, ConsoleLogRecordExporter, LoggerProvider } from '@opentelemetry/sdk-logs';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { NodeSDK } from '@opentelemetry/sdk-node';
const exporter = new OTLPLogExporter();
%s
export function write(body: string): void { logs.getLogger('shop').emit({ body }); }
"""
PROVIDER = "const provider = new LoggerProvider({ processors: [new BatchLogRecordProcessor(exporter)] });"
OTHER = "const other = new LoggerProvider();\nother.addLogRecordProcessor(new BatchLogRecordProcessor(exporter));"
SDK = "const sdk = new NodeSDK({ logRecordProcessors: [new BatchLogRecordProcessor(exporter)] });"


@pytest.mark.parametrize(
    ("setup", "wired"),
    [
        (f"{PROVIDER}\nlogs.setGlobalLoggerProvider(provider);", True),
        (f"{PROVIDER}\nexport const otel = provider.getLogger('shop');", True),
        (f"{SDK}\nsdk.start();", True),
        (f"export {PROVIDER}", True),
        (PROVIDER, False),
        (SDK, False),
        ("void new BatchLogRecordProcessor(exporter);\nlogs.setGlobalLoggerProvider(new LoggerProvider());", False),
        (f"{OTHER}\nlogs.setGlobalLoggerProvider(new LoggerProvider());", False),
    ],
)
def test_scripts(setup: str, wired: bool) -> None:  # noqa: FBT001 - a table
    held = facts_of({"src/app.ts": SCRIPT % setup}).sinks
    assert [one.wired for one in held if one.destination == "otlp"] == [wired]


GO = """package main

import (
	"context"
	"log/slog"

	"go.opentelemetry.io/contrib/bridges/otelslog"
	"go.opentelemetry.io/otel/exporters/otlp/otlplog/otlploghttp"
	"go.opentelemetry.io/otel/log/global"
	sdklog "go.opentelemetry.io/otel/sdk/log"
)

func main() {
	exporter, err := otlploghttp.New(context.Background())
	if err != nil {
		panic(err)
	}
	%s
	slog.Info("started")
}
"""
EMPTY = "_ = exporter\nglobal.SetLoggerProvider(sdklog.NewLoggerProvider())"
MADE = "provider := sdklog.NewLoggerProvider(sdklog.WithProcessor(sdklog.NewBatchProcessor(exporter)))"


@pytest.mark.parametrize(
    ("setup", "wired"),
    [
        (f'{MADE}\nglobal.SetLoggerProvider(provider)\nslog.SetDefault(otelslog.NewLogger("shop"))', True),
        (f'{MADE}\nslog.SetDefault(otelslog.NewLogger("shop", otelslog.WithLoggerProvider(provider)))', True),
        (f'{MADE}\n_ = provider\nslog.SetDefault(otelslog.NewLogger("shop"))', False),
        (f'{MADE}\nglobal.SetLoggerProvider(provider)\n_ = otelslog.NewLogger("shop")', False),
        (f'{EMPTY}\nslog.SetDefault(otelslog.NewLogger("shop"))', False),
    ],
)
def test_go(setup: str, wired: bool) -> None:  # noqa: FBT001 - a table
    held = facts_of({"go.mod": "module example.org/shop\n", "main.go": GO % setup.replace("\n", "\n\t")}).sinks
    assert [one.wired for one in held if one.destination == "otlp"] == [wired]

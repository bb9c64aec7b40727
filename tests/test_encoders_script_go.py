"""How the loggers of JavaScript and Go write records in production."""

import pytest
from linked import facts_of
from written import effective

from skillaudit.facts import Encoder

SCRIPT = {"package.json": '{"name": "weather", "version": "1.0.0", "main": "dist/index.js"}'}
GO = {"go.mod": "module weather\n"}


def script(setup: str, call: str = 'import { log } from "./log.js";\nlog.info("called");\n') -> set[str]:
    return effective({**SCRIPT, "src/log.ts": setup, "src/index.ts": call})


def go(setup: str) -> set[str]:
    head = 'package main\n\nimport (\n\t"log/slog"\n\t"os"\n)\n'
    return effective(
        {
            **GO,
            "log.go": head + setup,
            "main.go": 'package main\n\nimport "log/slog"\n\nfunc main() {\n\tsetUp()\n\tslog.Info("called")\n}\n',
        }
    )


# --- JavaScript

PINO = 'import pino from "pino";\n{before}\nexport const log = pino({options});\n'


@pytest.mark.parametrize(
    ("before", "options", "encoder"),
    [
        ("", "", "json"),
        ("", '{ transport: { target: "pino-pretty" } }', "text"),
        ("", '{ transport: { targets: [{ target: "pino-pretty" }, { target: "pino/file" }] } }', "json"),
        (
            'const dev = process.env.NODE_ENV !== "production";',
            '{ transport: dev ? { target: "pino-pretty" } : undefined }',
            "json",
        ),
        ("", '{ ...(process.env.NODE_ENV === "development" && { transport: { target: "pino-pretty" } }) }', "json"),
        (
            'const pretty = process.env.PRETTY !== "false";',
            '{ transport: pretty ? { target: "pino-pretty" } : undefined }',
            "text",
        ),
        (
            "const transport = { target: 'pino-pretty' };\nconst options = { level: 'info', transport };",
            "options",
            "text",
        ),
        ('import pretty from "pino-pretty";', "{ level: 'info' }, pretty()", "text"),
        ("", "{ level: 'info' }, pino.destination(2)", "json"),
    ],
)
def test_pino_writes_json_unless_its_production_transport_does_not(before: str, options: str, encoder: str) -> None:
    assert script(PINO.format(before=before, options=options)) == {encoder}


WINSTON = """import winston from "winston";
const { combine, timestamp, json, printf, simple } = winston.format;
export const log = winston.createLogger(OPTIONS);
"""


@pytest.mark.parametrize(
    ("options", "encoder"),
    [
        ("{}", "json"),
        ("{ format: combine(timestamp(), json()) }", "json"),
        ("{ format: combine(timestamp(), simple()) }", "text"),
        ("{ format: printf((i) => `${i.level}: ${i.message}`) }", "text"),
        ("{ format: printf((i) => JSON.stringify(i)) }", "json"),
        ("{ format: printf((i) => `[AUDIT] ${JSON.stringify(i)}`) }", "text"),
        ("{ format: json(), transports: [new winston.transports.Console({ format: simple() })] }", "text"),
        ('{ format: process.env.NODE_ENV === "production" ? json() : simple() }', "json"),
    ],
)
def test_winston_ends_in_its_last_format(options: str, encoder: str) -> None:
    assert script(WINSTON.replace("OPTIONS", options)) == {encoder}


def test_a_logger_of_a_workspace_package_writes_as_that_package_says() -> None:
    files = {
        "package.json": '{"name": "root", "private": true, "workspaces": ["packages/*"]}',
        "packages/log/package.json": '{"name": "@w/log", "version": "1.0.0"}',
        "packages/log/src/index.ts": PINO.format(before="", options=""),
        "packages/server/package.json": '{"name": "@w/server", "version": "1.0.0", "bin": "dist/index.js"}',
        "packages/server/src/index.ts": 'import { log } from "@w/log";\nlog.info("called");\n',
        "packages/other/package.json": '{"name": "@w/other", "version": "1.0.0", "bin": "dist/index.js"}',
        "packages/other/src/index.ts": 'console.error("called");\n',
    }
    found = {call.package: call.encoder for call in facts_of(files).log_calls}
    assert found == {"packages/server": Encoder.JSON, "packages/other": Encoder.TEXT}


# --- Go


@pytest.mark.parametrize(
    ("body", "encoder"),
    [
        ("JSON", "json"),
        ("slog.SetDefault(slog.New(slog.NewTextHandler(os.Stderr, nil)))", "text"),
        ('if os.Getenv("LOG_FORMAT") == "json" {\n\t\tJSON\n\t}', "text"),
        ('if os.Getenv("APP_ENV") == "production" {\n\t\tJSON\n\t}', "json"),
        ('if os.Getenv("LOG_FORMAT") != "text" {\n\t\tJSON\n\t}', "json"),
    ],
)  # fmt: skip
def test_slog(body: str, encoder: str) -> None:
    written = body.replace("JSON", "slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, nil)))")
    assert go(f"\nfunc setUp() {{\n\t{written}\n}}\n") == {encoder}


@pytest.mark.parametrize(
    ("setup", "encoder"),
    [
        ('import bole from "bole";\nexport const log = bole("weather");\n', "json"),
        ('import * as logger from "firebase-functions/logger";\nexport const log = logger;\n', "json"),
        ('import npmlog from "npmlog";\nexport const log = npmlog;\n', "text"),
        ('import * as core from "@actions/core";\nexport const log = core;\n', "text"),
    ],
)
def test_libraries_that_write_in_one_way_alone(setup: str, encoder: str) -> None:
    assert script(setup) == {encoder}

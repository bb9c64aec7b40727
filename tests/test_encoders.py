"""How records are written in production: set-ups across files, branches, options and their defaults."""

from collections.abc import Mapping

import pytest
from linked import facts_of

from skillaudit.check import Evidence, Unknown
from skillaudit.checks.sa201 import sa201
from skillaudit.facts import Encoder

PYTHON = {"pyproject.toml": '[project]\nname = "weather"\nversion = "1"\n'}
SCRIPT = {"package.json": '{"name": "weather", "version": "1.0.0", "main": "dist/index.js"}'}
GO = {"go.mod": "module weather\n"}


def effective(files: Mapping[str, str]) -> set[str]:
    """The encoders of the records in files whose message is ``called``."""
    return {call.encoder.value for call in facts_of(files).log_calls if "called" in call.message}


def python(
    setup: str, *, call: str = 'import logging\nlogging.getLogger(__name__).info("called")\n', **more: str
) -> set[str]:
    used = "import log_setup\nlog_setup.configure()\n" if "def configure" in setup else "import log_setup\n"
    files = {f"{name}.py": text for name, text in more.items()}
    return effective({**PYTHON, "log_setup.py": setup, "server.py": used + call, **files})


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


# --- the standard library of Python


def test_without_a_set_up_the_library_decides() -> None:
    assert python("") == {"text"}
    assert python("import logging\nlogging.basicConfig(level=10)\n") == {"text"}


FORMATTERS = {
    "python-json-logger": "from pythonjsonlogger.json import JsonFormatter",
    "json-log-formatter": "from json_log_formatter import JSONFormatter as JsonFormatter",
    "ecs": "from ecs_logging import StdlibFormatter as JsonFormatter",
    "own": """
import json
class JsonFormatter(logging.Formatter):
    def format(self, record):
        return self.text(record)
    def text(self, record):
        return json.dumps({"m": record.getMessage()})
""",
}
WIRED = """import logging
{formatter}

def configure():
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(handlers=[handler])
"""


@pytest.mark.parametrize("formatter", FORMATTERS.values(), ids=FORMATTERS)
def test_formatters_that_write_json(formatter: str) -> None:
    assert python(WIRED.format(formatter=formatter)) == {"json"}


def test_a_formatter_that_only_sounds_like_json_writes_text() -> None:
    named = (
        "class JsonFormatter(logging.Formatter):\n    def format(self, record):\n        return 'json: ' + record.msg\n"
    )
    assert python(WIRED.format(formatter=named)) == {"text"}


def test_a_formatter_that_nobody_installs_changes_nothing() -> None:
    setup = WIRED.format(formatter=FORMATTERS["own"]).replace("def configure", "def unused")
    assert python(setup) == {"text"}


DICTIONARY = """import logging.config
from parts import FORMATTERS
CONFIG = {{
    "version": 1,
    "formatters": FORMATTERS,
    "handlers": {{"stderr": {{"class": "logging.StreamHandler", "formatter": {chosen}}}}},
    "root": {{"handlers": ["stderr"]}},
}}
logging.config.dictConfig(CONFIG)
"""
PARTS = """import json
import logging

class Lines(logging.Formatter):
    def format(self, record):
        return json.dumps(vars(record))

FORMATTERS = {{"plain": {{"format": "%(message)s"}}, "lines": {spec}}}
"""


@pytest.mark.parametrize(
    "spec",
    [
        '{"()": "pythonjsonlogger.jsonlogger.JsonFormatter"}',
        '{"class": "pythonjsonlogger.json.JsonFormatter"}',
        '{"()": Lines}',
        '{"()": "parts.Lines"}',
    ],
)
@pytest.mark.parametrize(("chosen", "encoder"), [('"lines"', "json"), ('"plain"', "text")])
def test_a_dictionary_counts_by_the_formatter_its_handlers_use(spec: str, chosen: str, encoder: str) -> None:
    assert python(DICTIONARY.format(chosen=chosen), parts=PARTS.format(spec=spec)) == {encoder}


@pytest.mark.parametrize(("default", "encoder"), [("lines", "json"), ("plain", "text")])
def test_an_environment_variable_is_its_default(default: str, encoder: str) -> None:
    setup = "import os\n" + DICTIONARY.format(chosen=f'os.environ.get("LOG_FORMAT", "{default}")')
    assert python(setup, parts=PARTS.format(spec='{"()": "pythonjsonlogger.json.JsonFormatter"}')) == {encoder}


def test_a_file_of_settings_is_not_guessed() -> None:
    facts = facts_of(
        {
            **PYTHON,
            "server.py": 'import logging, logging.config\nlogging.config.fileConfig("logging.conf")\n'
            'logging.getLogger("a").info("called")\n',
        }
    )
    (unknown,) = sa201.run(facts)
    assert isinstance(unknown, Unknown)
    assert "file" in unknown.reason


# --- structlog and loguru

STRUCTLOG = """import os, structlog
def configure():
    shared = [structlog.processors.TimeStamper(fmt="iso")]
    Json, Text = structlog.processors.JSONRenderer, structlog.dev.ConsoleRenderer
    {chosen}
    structlog.configure(processors=shared + [renderer])
"""
EVENT = 'import structlog\nstructlog.get_logger().info("called", city="x")\n'


@pytest.mark.parametrize(
    ("chosen", "encoder"),
    [
        ("renderer = structlog.processors.JSONRenderer()", "json"),
        ("renderer = structlog.dev.ConsoleRenderer()", "text"),
        (
            'renderer = Json() if os.getenv("ENV") == "production" else Text()',
            "json",
        ),
        (
            'renderer = Json() if os.getenv("JSON_LOGS") else Text()',
            "text",
        ),
        ("renderer = structlog.dev.ConsoleRenderer() if os.isatty(2) else structlog.processors.JSONRenderer()", "json"),
    ],
)
def test_structlog_is_what_its_last_processor_makes(chosen: str, encoder: str) -> None:
    assert python(STRUCTLOG.format(chosen=chosen), call=EVENT) == {encoder}


@pytest.mark.parametrize(
    ("sink", "encoder"),
    [
        ("logger.add(sys.stderr, serialize=True)", "json"),
        ("logger.add(sys.stderr)", "text"),
        ("logger.add(lambda message: sys.stderr.write(json.dumps(message.record)))", "json"),
        ("logger.configure(handlers=[dict(sink=sys.stderr), {'sink': sys.stderr, 'serialize': True}])", "json"),
    ],
)
def test_loguru(sink: str, encoder: str) -> None:
    setup = f"import json, sys\nfrom loguru import logger\n{sink}\n"
    assert python(setup, call='from loguru import logger\nlogger.info("called")\n') == {encoder}


# --- options and their defaults

CHOICE = """from mcp.server.fastmcp import FastMCP
import logging
{declared}
from pythonjsonlogger.json import JsonFormatter

def install(log_format):
    handler = logging.StreamHandler()
    if log_format == "json":
        handler.setFormatter(JsonFormatter())
    else:
        handler.setFormatter(logging.Formatter("%(message)s"))
    logging.getLogger().addHandler(handler)

{used}
"""
DECLARED = {
    "argparse": (
        """import argparse
p = argparse.ArgumentParser()
p.add_argument("--log-format", default="DEFAULT")
args = p.parse_args()""",
        "install(args.log_format)",
    ),
    "click": (
        "import click",
        """@click.command()
@click.option("--log-format", default="DEFAULT")
def main(log_format):
    install(log_format)""",
    ),
    "dataclass": (
        """from dataclasses import dataclass
@dataclass
class Settings:
    log_format: str = "DEFAULT"

settings = Settings()""",
        "install(settings.log_format)",
    ),
    "pydantic": (
        """from pydantic import Field
from pydantic_settings import BaseSettings
class Settings(BaseSettings):
    log_format: str = Field(default="DEFAULT")

settings = Settings()""",
        "install(settings.log_format)",
    ),
    "environment": ("import os\nFORMAT = os.environ.get('LOG_FORMAT', 'DEFAULT').lower()", "install(FORMAT)"),
}


@pytest.mark.parametrize(("declared", "used"), DECLARED.values(), ids=DECLARED)
@pytest.mark.parametrize(("default", "encoder"), [("json", "json"), ("text", "text")])
def test_an_option_counts_by_its_default(declared: str, used: str, default: str, encoder: str) -> None:
    assert python(CHOICE.format(declared=declared, used=used).replace("DEFAULT", default)) == {encoder}


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


# --- the check


def test_the_check_names_the_branch_that_it_judged() -> None:
    setup = """import logging, socket
from pythonjsonlogger.json import JsonFormatter

handler = logging.StreamHandler()
if on_kubernetes(socket.gethostname()):
    handler.setFormatter(JsonFormatter())
logging.getLogger().addHandler(handler)
logging.getLogger("a").info("called")
"""
    (evidence,) = sa201.run(facts_of({**PYTHON, "server.py": setup}))
    assert isinstance(evidence, Evidence)
    assert evidence.met
    assert "on_kubernetes" in evidence.what

"""Encoders that a processor, a sink or an option chooses: structlog, loguru, flags, settings."""

import pytest
from written import python

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

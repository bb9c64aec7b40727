"""Loggers of every make."""

import logging
import sys
from functools import partial

import structlog
from loguru import logger as loguru_logger

root = logging.getLogger("desk")
events = structlog.get_logger("desk")
fancy = loguru_logger


def write(level: str, text: str, **fields: object) -> None:
    getattr(root, level)("%s %s", text, fields)


def note(text: str, value: object) -> None:
    write("info", text, value=value)


def audit(value: object) -> None:
    note("audit", value)


def make_logger(prefix: str):
    def emit(message: str) -> None:
        root.info("%s: %s", prefix, message)

    return emit


log_started = partial(write, "info", "started")


class Reporter:
    def __init__(self, out: logging.Logger) -> None:
        self._out = out

    def report(self, text: str, value: str) -> None:
        self._out.warning("%s %s", text, value)


class Console:
    def say(self, line: str) -> None:
        sys.stderr.write(line + "\n")


class Container:
    def __init__(self) -> None:
        self.reporter = Reporter(root)
        self.console = Console()

"""The security logger of this server: its own formatter, its own class."""

import json
import logging
import sys
from enum import StrEnum


class Event(StrEnum):
    TOOL_CALL = "tool_call"
    AUTH_FAILURE = "auth_failure"


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return json.dumps({"ts": record.created, "level": record.levelname, "event": record.getMessage(), **record.fields})


def _logger() -> logging.Logger:
    made = logging.getLogger("security")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    made.addHandler(handler)
    made.propagate = False
    return made


class SecurityLogger:
    def __init__(self) -> None:
        self._out = _logger()

    def emit(self, event: Event, **fields: object) -> None:
        self._out.info(event.value, extra={"event": event.value, "fields": fields})

"""The one security logger: a JSON object per line, on stderr and in CloudWatch Logs."""

import hashlib
import json
import logging
import sys
import time
from typing import Any

import structlog
import watchtower
from prometheus_client import Counter

SECURITY_EVENTS = Counter("mcp_security_events_total", "Security events by name", ["event"])

_log = structlog.stdlib.get_logger("docvault.security")


def _add_ts(_logger: Any, _method: str, event_dict: dict[str, Any]) -> dict[str, Any]:
    event_dict.setdefault("ts", time.time_ns() // 1_000_000)
    return event_dict


_SHARED = [structlog.stdlib.add_log_level, _add_ts, structlog.processors.format_exc_info]


def configure_logging(log_group: str | None) -> None:
    """Send every record, our own and those of libraries, through one JSON formatter.

    `log_group` names the CloudWatch log group; None (stdio) keeps the log on stderr. The group exists already: the
    role of the server may put events and do nothing else there.
    """
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_SHARED,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(sort_keys=True),
        ],
    )
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)]
    if log_group is not None:
        handlers.append(watchtower.CloudWatchLogHandler(log_group_name=log_group, create_log_group=False))
    for handler in handlers:
        handler.setFormatter(formatter)
    logging.basicConfig(handlers=handlers, level=logging.INFO, force=True)
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def security_event(event: str, *, level: int = logging.INFO, **fields: Any) -> None:
    """Record one security event. `event` is stable: alert rules are written against it."""
    SECURITY_EVENTS.labels(event=event).inc()
    _log.log(level, event, **fields)


def digest(value: object) -> str:
    """A short SHA-256 by which records can be correlated and nothing can be read back."""
    text = value if isinstance(value, str) else json.dumps(value, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]

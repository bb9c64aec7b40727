import logging
import os
import re

import structlog

token = os.environ["API_TOKEN"]


def redact_copy(_logger, _method, event):
    masked = dict(event)
    masked["token"] = "***"
    return event


def redact(_logger, _method, event):
    event["token"] = "***"
    return event


class MaskFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        message = re.sub(r"token \S+", "token ***", record.getMessage())
        return len(message) > 0


structlog.configure(processors=[redact_copy, structlog.processors.JSONRenderer(), redact])
structlog.get_logger().info("boot", token=token)  # expect: SA302

log = logging.getLogger("boot")
log.addFilter(MaskFilter())
log.info("token %s", token)  # expect: SA302

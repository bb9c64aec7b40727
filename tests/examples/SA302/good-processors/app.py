"""Layers that hide entries by their names: structlog's processors, a filter of all records."""

import logging
import os
import re

import structlog

HIDDEN = ("password", "token")


def censor(_logger, _name, event):
    for key in HIDDEN:
        if key in event:
            event[key] = "***"
    event.pop("secret", None)
    return event


structlog.configure(processors=[censor, structlog.processors.JSONRenderer()])
structlog.get_logger().info("started", token=os.environ["SERVICE_TOKEN"], secret=os.environ["SERVICE_SECRET"])


class Masked(logging.Filter):
    PATTERN = re.compile(r"(password|token)=\S+")

    def filter(self, record):
        record.msg = self.PATTERN.sub(r"\1=***", record.getMessage())
        record.args = ()
        return True


handler = logging.StreamHandler()
handler.addFilter(Masked())
logging.getLogger().addHandler(handler)
logging.getLogger(__name__).info("token=%s", os.environ["SERVICE_TOKEN"])

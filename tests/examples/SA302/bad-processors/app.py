"""Layers that hide other entries, or sit on another logger."""

import logging
import os

import structlog


def censor(_logger, _name, event):
    if "password" in event:
        event["password"] = "***"
    return event


structlog.configure(processors=[censor, structlog.processors.JSONRenderer()])
structlog.get_logger().info("started", token=os.environ["SERVICE_TOKEN"])  # expect: SA302 HIGH


class Masked(logging.Filter):
    def filter(self, record):
        record.msg = record.getMessage().replace(os.environ["SERVICE_TOKEN"], "***")
        return True


access = logging.getLogger("access")
access.addFilter(Masked())
access.info("token %s", os.environ["SERVICE_TOKEN"])
logging.getLogger("other").info("token %s", os.environ["SERVICE_TOKEN"])  # expect: SA302 HIGH

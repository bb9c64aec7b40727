import logging
import os

import structlog
from loguru import logger as loguru_logger

TOKEN = os.environ["SHELF_API_TOKEN"]


def bound():
    return structlog.get_logger().bind(credential=TOKEN)  # expect: SA302 HIGH


def plain():
    return structlog.get_logger().bind(region=os.environ.get("REGION"))


def adapter():
    return logging.LoggerAdapter(logging.getLogger("x"), {"t": TOKEN})  # expect: SA302 HIGH


def for_request(value: str):
    return structlog.get_logger().bind(t=value)  # expect: SA302 HIGH


shared = loguru_logger.bind(t=TOKEN)  # expect: SA302 HIGH


class Service:
    def __init__(self) -> None:
        self.log = structlog.get_logger().bind(t=TOKEN)  # expect: SA302 HIGH
        self.other = structlog.get_logger().bind(name="service")

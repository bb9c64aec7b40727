"""What generators yield in pairs, and what buffers keep."""

import io
import logging
import os
from contextlib import contextmanager

log = logging.getLogger(__name__)


def settings(names):
    for name in names:
        yield name, os.environ["MAIL_PASSWORD"]


@contextmanager
def opened():
    yield "mail", os.environ["MAIL_PASSWORD"]


def run() -> None:
    for name, value in settings(["a"]):
        log.info("%s is set", name)
        log.info("%s", value)  # expect: SA302
    with opened() as (name, value):
        log.info("%s is set", name)
        log.info("%s", value)  # expect: SA302
    text, other = io.StringIO(), io.StringIO()
    text.write(os.environ["MAIL_PASSWORD"])
    other.write("mail")
    log.info(text.getvalue())  # expect: SA302
    log.info(other.getvalue())

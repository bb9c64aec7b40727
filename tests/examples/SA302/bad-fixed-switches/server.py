import logging
import os

import other

log = logging.getLogger(__name__)
LOUD = False


def speak():
    global LOUD
    LOUD = True


def connect():
    if LOUD:
        log.info("token %s", os.environ["LEDGER_TOKEN"])  # expect: SA302
    if other.WATCHED:
        log.info("token %s", os.environ["LEDGER_TOKEN"])  # expect: SA302

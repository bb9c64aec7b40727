import logging
import os

log = logging.getLogger(__name__)
LOUD = False


def connect():
    if LOUD:
        log.info("token %s", os.environ["LEDGER_TOKEN"])

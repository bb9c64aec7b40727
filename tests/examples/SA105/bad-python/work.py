"""What tools do."""

import logging

log = logging.getLogger(__name__)


def fetch() -> str:
    return "x"


def recorded_fetch() -> str:
    log.info("fetching")
    return "x"


def nobody() -> None:
    log.info("never called")

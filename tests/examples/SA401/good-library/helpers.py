"""Helpers for servers."""

import logging

log = logging.getLogger(__name__)


def helped(text: str) -> str:
    log.info("helped")
    return text

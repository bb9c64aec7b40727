"""Short names for the records this server writes."""

import logging

from .logs import emit


def note(message: str, **fields: object) -> None:
    emit(logging.INFO, message, fields)


def alarm(message: str, **fields: object) -> None:
    emit(logging.WARNING, message, fields)

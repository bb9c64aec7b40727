"""A part of a named tuple is not the whole of it."""

import logging
import os
from typing import NamedTuple

logger = logging.getLogger("unpacked")


class Login(NamedTuple):
    """Who calls."""

    user: str
    password: str


def start() -> None:
    """Start."""
    user, _ = Login(os.environ["SHELF_USER"], os.environ["SHELF_PASSWORD"])
    logger.info("user %s", user)


start()

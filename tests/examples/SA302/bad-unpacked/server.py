"""What is taken apart by position: a named tuple, a list with a rest."""

import logging
import os
from typing import NamedTuple

logger = logging.getLogger("unpacked")


class Login(NamedTuple):
    """Who calls."""

    user: str
    password: str


def login() -> Login:
    """Read."""
    return Login(os.environ["SHELF_USER"], os.environ["SHELF_PASSWORD"])


def start() -> None:
    """Start."""
    user, password = login()
    logger.info("user %s", user)
    logger.info("password %s", password)  # expect: SA302
    logger.info("last %s", login()[1])  # expect: SA302
    first, *rest = [os.environ["SHELF_TOKEN"], "shelf", "book"]
    logger.info("rest %s", rest)
    logger.info("first %s", first)  # expect: SA302
    *front, last = ("shelf", os.environ["SHELF_TOKEN"])
    logger.info("front %s", front)
    logger.info("last %s", last)  # expect: SA302


start()

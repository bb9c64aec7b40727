"""A conversion that cuts what it shows."""

import logging
import os

logger = logging.getLogger("formatted")
TOKEN = os.environ["SHELF_TOKEN"]


def start() -> None:
    """Start."""
    logger.info("token %.12s", TOKEN)  # expect: SA305
    logger.info(f"token {TOKEN:.8}")  # expect: SA305
    logger.info("%d token %.6s" % (3, TOKEN))  # expect: SA305
    logger.info("token %.3s of %s", TOKEN, "shelves")
    logger.info(f"token {TOKEN:.2s}")


start()

"""A secret is among the variables that are picked by their names."""

import logging
import os

logger = logging.getLogger("filtered")


def start() -> None:
    """Start."""
    picked = {name: value for name, value in os.environ.items() if name in ("LANG", "SHELF_TOKEN")}
    logger.info("picked %s", picked)  # expect: SA302


start()

"""Parts of the environment: what is picked by its name or its beginning is not all of it; what is left out leaves the rest."""

import logging
import os

logger = logging.getLogger("filtered")
KNOWN = frozenset({"LANG", "TZ"})


def start() -> None:
    """Start."""
    logger.info("known %s", {name: value for name, value in os.environ.items() if name in KNOWN})
    logger.info("flags %s", {name: value for name, value in os.environ.items() if name.startswith("FEATURE_")})
    logger.info("locale %s", [os.environ[name] for name in os.environ if name.startswith(("LC_", "LANG"))])
    for name, value in os.environ.items():
        if name.startswith("FEATURE_"):
            logger.info("flag %s=%s", name, value)
    rest = {name: value for name, value in os.environ.items() if not name.startswith("SHELF_")}
    logger.info("rest %s", rest)  # expect: SA301


start()

"""Objects that are called: what they are given reaches what they do."""

import logging
import os

logger = logging.getLogger("called")


class Say:
    """Says."""

    def __call__(self, text, **fields):
        logger.info("%s %s", text, fields)


class Prefixed:
    """Gives back."""

    def __call__(self, text):
        return f"shelf {text}"


class Count:
    """Counts."""

    def __call__(self, text):
        return len(text)


class Named:
    """Hands on."""

    def __getattr__(self, name):
        return getattr(logger, name)


say, prefixed, count, named = Say(), Prefixed(), Count(), Named()


def start() -> None:
    """Start."""
    say("started", token=os.environ["SHELF_TOKEN"])  # expect: SA302
    say("started", size=3)
    logger.info(prefixed(os.environ["SHELF_TOKEN"]))  # expect: SA302
    named.warning("token %s", os.environ["SHELF_TOKEN"])  # expect: SA302
    named.warning("token is set")
    logger.info("%s", count(os.environ["SHELF_TOKEN"]))


start()

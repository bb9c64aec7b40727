import logging
import os
import re

log = logging.getLogger(__name__)
HIDDEN = re.compile("token|password", re.IGNORECASE)


def shown(values: dict[str, str]) -> dict[str, str]:
    return {key: ("-" if HIDDEN.search(key) else value) for key, value in values.items()}


def left(values: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in values.items() if not re.match(r"token", key)}


def start() -> None:
    token = os.environ["API_TOKEN"]
    log.info("started with %s", shown({"user": "demo", "token": token}))
    log.info("started with %s", left({"user": "demo", "token": token}))

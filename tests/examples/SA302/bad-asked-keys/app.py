import logging
import os
import re

log = logging.getLogger(__name__)
HIDDEN = re.compile("^token$")


def shown(values: dict[str, str]) -> dict[str, str]:
    return {key: ("-" if HIDDEN.search(key) else value) for key, value in values.items()}


def start() -> None:
    token = os.environ["API_TOKEN"]
    log.info("started with %s", shown({"user": "demo", "api_token": token}))  # expect: SA302

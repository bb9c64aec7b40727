"""Where notes go."""

import logging

_log = logging.getLogger("notes")


def remember(title: str, value: object) -> None:
    _keep(title, value)


def _keep(title: str, value: object) -> None:
    _log.info("%s: %s", title, value)

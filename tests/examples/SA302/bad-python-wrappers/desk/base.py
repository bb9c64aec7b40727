"""What services share."""

import logging


class Service:
    def __init__(self, logger: logging.Logger | None = None) -> None:
        self.logger = logger or logging.getLogger("desk.service")

    def _log(self, message: str, *args: object) -> None:
        self.logger.info(message, *args)

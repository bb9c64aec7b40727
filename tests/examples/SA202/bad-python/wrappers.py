"""Ways to say it."""

import logging

_log = logging.getLogger("files")


def shallow(text):
    _log.info("note: %s", text)


def deeper(text):
    log_line(text)


def log_line(line):
    shallow(line)


class Talker:
    def __init__(self):
        self._log = _log

    def tell(self, line):
        self._log.info(line)

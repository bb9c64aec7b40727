"""A filter that leaves the name and hides the value, and nobody adds."""

import logging
import re

log = logging.getLogger("marks")


class Tidied(logging.Filter):  # expect: SA307
    """Hides."""

    pattern = re.compile(r"Bearer \S+")

    def filter(self, record):
        record.msg = self.pattern.sub("Bearer ***", str(record.msg))
        return True


class Numbered(logging.Filter):
    """Hides nothing."""

    def filter(self, record):
        record.msg = str(record.msg).replace("shelf", "shelf no.")
        return True


log.info("ready")

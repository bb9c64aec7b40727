"""Counts the lines of a document."""

import json
import logging
import sys

log = logging.getLogger(__name__)


def main() -> None:
    document = json.load(sys.stdin)
    log.info("read %s", document)


if __name__ == "__main__":
    main()

"""Its own formatter."""

import json
import logging


class AsJson(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        fields = {"ts": record.created, "level": record.levelname, "message": record.getMessage()}
        return json.dumps(fields)


def set_up() -> None:
    root = logging.getLogger()
    handler = logging.StreamHandler()
    handler.setFormatter(AsJson())
    root.handlers = [handler]
    root.setLevel(logging.INFO)

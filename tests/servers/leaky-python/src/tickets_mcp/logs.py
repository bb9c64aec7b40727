"""Where records end up."""

import logging

_root = logging.getLogger("tickets")


def configure(level: str) -> None:
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    _root.info("logging at level %s", level)  # ok


def emit(level: int, message: str, fields: dict[str, object]) -> None:
    shown = " ".join(f"{key}={value}" for key, value in fields.items())
    _root.log(level, "%s %s", message, shown)

"""Where in an address, or in a word of a command line, something stands, by the constant text before it."""

import re
from enum import IntEnum

_SCHEME = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*://")
_HOST = re.compile(r"(?:(?:^|[\s;])(?:host|hostaddr|server|data source)\s*=\s*|@(?:tcp|udp)\()$", re.IGNORECASE)
"""What a database's data source name says before the host."""


class Position(IntEnum):
    """``START``: what is chosen begins here; ``WITHIN``: its beginning is fixed; ``QUERY``: parameters, encoded."""

    START = 0
    WITHIN = 1
    QUERY = 2


def after(text: str, position: Position, *, word: bool) -> Position:
    """Where the next character stands after a constant text."""
    if not text:
        return position
    if word:
        return Position.WITHIN
    if "?" in text or "#" in text:
        return Position.QUERY
    if position is Position.START:
        rest = _SCHEME.sub("", text)
        names_host = rest != text or text.lower() in {"http", "https", "http:", "https:"}
        return Position.START if (names_host and "/" not in rest) or _HOST.search(text) else Position.WITHIN
    return position

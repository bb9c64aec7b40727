"""JSON as a file: plain ASCII, indented, fast."""

import json

import msgspec


def written(document: object) -> str:
    """The document as text; the standard library's own indentation takes ten times as long.

    Raises:
        ValueError: a number in it is none that JSON has.
    """
    return msgspec.json.format(json.dumps(document, allow_nan=False), indent=1) + "\n"

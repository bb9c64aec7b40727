"""Which part of an inbound request a method gives out, in JavaScript."""

from typing import Final

_GIVING: Final = {
    "json": "json", "text": "text", "formData": "formData", "parseBody": "parseBody", "arrayBuffer": "arrayBuffer",
    "blob": "blob", "query": "query", "queries": "queries", "param": "params", "header": "headers",
}  # fmt: skip
"""Script: methods of an inbound request that give out a part of it, and what the part is called."""

_VALID: Final = {
    "json": "json",
    "form": "form",
    "query": "query",
    "param": "params",
    "header": "headers",
    "cookie": "cookies",
}
"""The same for Hono's ``c.req.valid("json")``, by its argument."""


def part(name: str, text: str, *, asked: bool) -> str:
    """What the part is called; ``asked`` says that the method is given something, ``text`` what, empty for none."""
    if asked:
        return _VALID.get(text, "") if name == "valid" else ""
    return _GIVING.get(name, "")

"""Which part of an inbound request, or of an answer that was refused, a method gives out."""

from collections.abc import Callable
from typing import Final

from skillaudit import ir
from skillaudit.facts import Nature
from skillaudit.linking.names.program import At, Program
from skillaudit.linking.values.origin import Origin, Path

_READING: Final = {"json", "text", "read"}

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


def answered(
    program: Program, of: Callable[[At, Path], tuple[Origin, ...]], base: At, name: str, path: Path
) -> list[Origin]:
    """``error.response.json()``: the body of the answer that an exception was raised for."""
    held = program.value(program.bare(base))
    if name not in _READING or not isinstance(held, ir.Member) or held.name != "response":
        return []
    return [o for o in of(base, (name, *path)) if o.nature in {Nature.RESPONSE, Nature.UPSTREAM}]

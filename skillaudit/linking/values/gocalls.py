"""Go: functions of its library that split a text."""

from typing import Final

from skillaudit import ir
from skillaudit.linking.names.program import At
from skillaudit.linking.values.hints import Hints
from skillaudit.linking.values.origin import Path

_SPLITS: Final = {"Split", "SplitN", "SplitAfter", "SplitAfterN", "Fields", "Cut", "SplitSeq", "FieldsSeq"}
_FOUND: Final = "2"
"""Which result of ``strings.Cut`` is a truth."""


def splits(hints: Hints, at: At, call: ir.Call) -> bool:
    """Whether a function gives back the parts of a text, in a list or one by one."""
    return hints.program.modules[at.module].language == "go" and hints.name_of(at.to(call.callee)) in _SPLITS


def parts_nothing(hints: Hints, at: At, call: ir.Call, path: Path) -> bool:
    """Whether it is asked for what says only whether a text was split."""
    return path[:1] == (_FOUND,) and hints.name_of(at.to(call.callee)) == "Cut"

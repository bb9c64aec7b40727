"""What opening a file does with it, by the mode or the flags that are handed over."""

import re
from collections.abc import Iterator

from skillaudit import ir
from skillaudit.linking.flows.taints import Taints
from skillaudit.linking.names.program import At, Fn

_WRITES = re.compile(r"[wax+]")
_MODIFYING = re.compile(r"O_(?:WRONLY|RDWR|CREAT|TRUNC|APPEND)")
_LONGEST_MODE = 4


def operation_of(taints: Taints, fn: Fn, call: ir.Call, operation: str) -> str:
    """What a call does, by its mode (``open``) or its flags (``O_WRONLY | O_CREAT``), else ``operation`` itself."""
    if operation not in {"open", "flags"}:
        return operation
    given = [fn.at(a.value) for n, a in enumerate(call.args) if a.name == "mode" or (n == 1 and not a.name)]
    if operation == "open":
        given += [fn.at(a.value) for n, a in enumerate(call.args) if n == 0 and not a.name]
    elif any(map(_MODIFYING.search, _names(taints, given))):
        return "write"
    values = (taints.definition(at) for at in given)
    mode = next((v.text for v in values if isinstance(v, ir.Literal) and len(v.text) <= _LONGEST_MODE), "r")
    return "write" if _WRITES.search(mode) else "read"


def _names(taints: Taints, front: list[At]) -> Iterator[str]:
    """The names in a combination of flags."""
    for at in front:
        value, where = taints.definition(at), taints.defined(at)
        if isinstance(value, ir.Operation):
            yield from _names(taints, [where.to(operand) for operand in value.operands])
        yield taints.hints.name_of(at)

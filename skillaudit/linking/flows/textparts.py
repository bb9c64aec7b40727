"""What a text is put together from: a template and its values, the parts of a join, what was written into a buffer."""

import re
from collections.abc import Iterator
from typing import Final

from skillaudit import ir
from skillaudit.linking.flows.taints import Taints
from skillaudit.linking.knowledge import sources
from skillaudit.linking.names.aliases import defined
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import External

_PACKAGE: Final = re.compile(r"[^(\[]+$")


def is_package(taints: Taints, at: At, callee: ir.Member) -> bool:
    """Whether a method is a function of a package: nothing was called or looked up, and no request is in sight."""
    symbols = taints.symbols.resolve(at.to(callee.base))
    paths = (s.path for s in symbols if isinstance(s, External))
    return any(_PACKAGE.match(path) and not sources.of_request(path) for path in paths)


def template(taints: Taints, at: At, callee: ir.Value, args: list[At]) -> tuple[At, list[At]] | None:
    """The constant text and the values of ``"…".format(a, b)`` or ``Sprintf("…", a, b)``."""
    if isinstance(callee, ir.Member) and isinstance(taints.definition(at.to(callee.base)), ir.Literal):
        return taints.defined(at.to(callee.base)), args
    if args and isinstance(taints.definition(args[0]), ir.Literal):
        return taints.defined(args[0]), args[1:]
    return None


def listed(taints: Taints, at: At, callee: ir.Value, args: list[At]) -> list[At]:
    """The parts of a join: the arguments, or the items of the list that is joined."""
    package = isinstance(callee, ir.Member) and is_package(taints, at, callee)
    lists = [at.to(callee.base)] if isinstance(callee, ir.Member) and not package else []
    for where in (*lists, *args):
        value, held = taints.definition(where), taints.defined(where)
        if isinstance(value, ir.Sequence):
            return [*(held.to(item) for item in value.items), *_put(taints, where)]
    joined = bool(lists) and not isinstance(taints.definition(lists[0]), ir.Literal)
    return lists if joined else args


def _put(taints: Taints, at: At) -> Iterator[At]:
    """What is put into a list after it was made: behind its items, or somewhere among them."""
    program, where = taints.program, taints.program.given(at)
    while at != where:
        yield from (change.value for change in taints.holdings.changes.of(at))
        value = program.value(at)
        outer = program.lexical(Fn(at.module, at.function), value.name) if isinstance(value, ir.Name) else None
        at = at.to(value.value) if isinstance(value, ir.Variable) else outer or where


def written(taints: Taints, at: At) -> list[At]:
    """Go: what was written into a builder or a buffer, in this order, the formats of formatted texts among it."""
    changes = taints.holdings.changes.of(defined(taints.program, at))
    return [change.value for change in changes if change.written]

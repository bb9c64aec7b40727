"""Functions that a framework calls by the file that exports them: ``middleware.ts`` of Next.js, Nuxt and xmcp."""

import re
from collections.abc import Iterator

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.registrations.toolbox import Toolbox

_FILES = re.compile(r"(?:^|/)(?:middleware|proxy)\.[cm]?[jt]s$")


def hooks(box: Toolbox) -> Iterator[Fn]:
    """The default exports of such files, alone or in a list."""
    for number, module in enumerate(box.program.modules):
        at = box.program.exported(number, "default") if _FILES.search(module.path) else None
        if isinstance(at, At):
            yield from _functions(box, at)


def _functions(box: Toolbox, at: At) -> Iterator[Fn]:
    held = box.program.bare(at)
    value = box.program.value(held)
    for item in value.items if isinstance(value, ir.Sequence) else ():
        yield from _functions(box, held.to(item))
    yield from (symbol for symbol in box.symbols.resolve(held) if isinstance(symbol, Fn))

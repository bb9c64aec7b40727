"""Tools that a file is: xmcp serves each module of ``src/tools`` that exports ``metadata`` and a default function.

Its prompts and resources are files of the same shape, in ``src/prompts`` and ``src/resources``.
"""

import re
from collections.abc import Iterator
from typing import Final

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.registrations.toolbox import Candidate, Toolbox
from skillaudit.linking.values.roles import Role

_FOLDERS: Final = re.compile(r"(?:^|/)(?P<kind>tools|prompts|resources)/(?:.*/)?[^/]+\.[cm]?[jt]sx?$")
_FRAMEWORK: Final = "xmcp"


def find(box: Toolbox) -> Iterator[Candidate]:
    """Every tool of a file; what clients fill of prompts and resources is said as well."""
    for number, module in enumerate(box.program.modules):
        found = _FOLDERS.search(module.path)
        exported = {export.name for export in module.exports}
        if found is None or not {"default", "metadata"} <= exported or not _is_framework(module):
            continue
        handler = _default(box, number)
        if handler is None:
            continue
        box.client_fills(handler, Role.ARGUMENTS, 0)
        if found["kind"] == "tools":
            yield from _tool(box, number, handler)
        else:
            box.answering.append(handler)


def _is_framework(module: ir.Module) -> bool:
    """Whether the file takes its types or its helpers from the framework; types leave an import of them alone."""
    values = (value for function in module.functions for value in function.values)
    imports = any(isinstance(v, ir.Import) and v.module.partition("/")[0] == _FRAMEWORK for v in values)
    return imports or "schema" in {export.name for export in module.exports}


def _default(box: Toolbox, module: int) -> Fn | None:
    at = box.program.exported(module, "default")
    held = box.symbols.resolve(at) if isinstance(at, At) else ()
    return next((s for s in held if isinstance(s, Fn)), None)


def _tool(box: Toolbox, module: int, handler: Fn) -> Iterator[Candidate]:
    at = box.program.exported(module, "metadata")
    if not isinstance(at, At):
        return
    names = [text for held, scene in box.scenes.entry(at, ("name",)) if isinstance(held, At)
             for text, _ in box.scenes.texts(held, scene)]  # fmt: skip
    described = tuple(box.scenes.entry(at, ("description",)))
    schema = box.program.exported(module, "schema")
    description = next((box.description(held, scene) for held, scene in described if isinstance(held, At)), "")
    location = box.program.location(module, box.program.function(handler).line)
    for name in names[:1] or [box.program.modules[module].path.rpartition("/")[2].partition(".")[0]]:
        yield Candidate(
            name, location, module, handler, "file", description, described=described[:1],
            definition=box.seen(schema if isinstance(schema, At) else None),
        )  # fmt: skip

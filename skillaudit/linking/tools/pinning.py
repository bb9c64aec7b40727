"""What a client sees of each tool: its whole description and its input schema, canonical and in digests."""

from skillaudit.linking.names.program import Fn
from skillaudit.linking.names.symbols import Formal
from skillaudit.linking.registrations.toolbox import Candidate, Toolbox
from skillaudit.linking.tools.canonical import Canonical, Memory
from skillaudit.toolsurface import Form, Pinned, digest

_NOT_SCHEMA = {"name", "title", "description", "Name", "Title", "Description", "annotations", "Annotations", "id", "on"}
_MOST_SAID = 3
_SIGNED = {"function", "marked", "FastAPI route"}
"""Styles of tools whose schema a library makes of their function's parameters."""


def pinned(box: Toolbox, tool: Candidate, known: Memory) -> Pinned:
    """The digests of one tool; ``known`` is what was found out for others."""
    canonical = Canonical(box, known)
    said = [canonical.of(*seen) for seen in tool.described]
    forms = [_stripped(canonical.of(*seen)) for seen in tool.definition]
    signature = _signature(box, canonical, tool)
    made = tool.made.takes if tool.made is not None else None
    forms = [form for form in (*forms, signature, made) if form is not None and not isinstance(form, str)]
    missing = [] if forms or _takes_nothing(box, tool) else ["its schema was not found"]
    missing += [] if said or tool.text or tool.definition else ["its description was not found"]
    missing += [] if tool.made is None or tool.made.whole else ["its document refers to others, or is too large"]
    missing += canonical.missing
    words = list(dict.fromkeys(missing))[:_MOST_SAID]
    description: Form = said or tool.text
    return Pinned(digest(description) if description else "", digest(forms) if forms else "", "; ".join(words))


def _stripped(form: Form) -> Form:
    """A definition without what is no schema."""
    if isinstance(form, dict):
        return {key: inner for key, inner in form.items() if key not in _NOT_SCHEMA and inner != {"function": ""}}
    return form


def _takes_nothing(box: Toolbox, tool: Candidate) -> bool:
    """Whether a registration names a handler and nothing else: ``server.tool("ping", run)``."""
    return tool.handler is not None and not tool.dispatched and box.program.modules[tool.module].language != "python"


def _signature(box: Toolbox, canonical: Canonical, tool: Candidate) -> "Form | None":
    """The schema that a library makes of the handler: Python's parameters, the input struct of a typed Go handler."""
    if tool.handler is None or tool.dispatched:
        return None
    function = box.program.function(tool.handler)
    language = box.program.modules[tool.module].language
    filled = {n for n in range(len(function.params)) if box.roles.of(Formal(tool.handler, n)) is not None}
    if language == "python" and tool.style in _SIGNED:
        return canonical.parameters(tool.handler, set(range(len(function.params))) - filled)
    if language == "go":
        scope = Fn(tool.handler.module, max(function.parent, 0))
        typed = [p for n, p in enumerate(function.params) if n in filled and "CallToolRequest" not in p.type_text]
        return [canonical.typed(scope, one.type, one.type_text) for one in typed if one.type >= 0] or None
    return None

"""Where a registration holds what a client sees of the tool: its description and its input schema."""

from collections.abc import Iterator

from skillaudit import ir
from skillaudit.linking.calls.scene import Scene, Seen
from skillaudit.linking.names.program import At, Cls, Fn
from skillaudit.linking.registrations.toolbox import Toolbox

FIELDS = ("inputSchema", "input_schema", "schema", "parameters", "args_schema", "argsShape", "paramsSchema")
"""The names under which an object keeps its input schema."""


def of_call(box: Toolbox, fn: Fn, call: ir.Call, roles: dict[str, str], scene: Scene) -> tuple[Seen, ...]:
    """The definition in a marked call: where its rule says, else all arguments but name, description and handler."""
    for role in ("tool", "definition", "config"):
        found = tuple(box.place(fn, call, roles.get(role, ""), scene))[:1] if roles.get(role) else ()
        if found:
            return found
    taken = {at for role in ("name", "handler") for at in _direct(box, fn, call, roles.get(role, ""))}
    given = [fn.at(a.value) for a in call.args if not a.spread and fn.at(a.value) not in taken]
    return tuple((at, scene) for at in given if not _is_text(box, at) and not _is_server(box, at))


def described(box: Toolbox, fn: Fn, call: ir.Call, roles: dict[str, str], scene: Scene) -> tuple[Seen, ...]:
    """The description in a marked call, where it is a text."""
    found = tuple(box.place(fn, call, roles.get("description", ""), scene))[:1]
    return found if any(True for _ in box.scenes.read(found)) else ()


def of_class(box: Toolbox, cls: Cls) -> tuple[Seen, ...]:
    """The schema that objects of a tool class hold."""
    return next(filter(None, (tuple(box.scenes.field(cls, name))[:1] for name in FIELDS)), ())


def of_object(box: Toolbox, at: At, scene: Scene) -> tuple[Seen, ...]:
    """The schema that one object holds."""
    return next(filter(None, (tuple(box.scenes.entry(at, (name,), scene))[:1] for name in FIELDS)), ())


def _direct(box: Toolbox, fn: Fn, call: ir.Call, place: str) -> Iterator[At]:
    for option in place.split("|"):
        index = option.partition(".")[0]
        at = box.position(fn, call, int(index)) if index.lstrip("-").isdecimal() else None
        if at is not None:
            yield at


def _is_text(box: Toolbox, at: At) -> bool:
    value = box.program.value(at)
    return isinstance(value, ir.Text) or (isinstance(value, ir.Literal) and value.kind == "str")


def _is_server(box: Toolbox, at: At) -> bool:
    return box.origins.name_of(at).lower() in {"server", "mcp", "app", "srv", "s", "mcpserver"}

"""What deployments of the tree set the environment variable to that a value is read from."""

from collections.abc import Callable

from skillaudit import ir
from skillaudit.linking.knowledge import sources
from skillaudit.linking.names.program import At
from skillaudit.linking.names.symbols import External
from skillaudit.linking.registrations.toolbox import Toolbox

_DEFAULTS = {"or", "||", "??"}


def deployed_text(box: Toolbox, at: At) -> str:
    """The one text that deployments of the value's package give it; empty where they give none, or differ."""
    held = box.environment.values(box.program.package_path(at.module), _variable(box, at))
    return held[0] if len(held) == 1 else ""


def _variable(box: Toolbox, at: At) -> str:
    """The environment variable that a value is read from, whatever it is where that is not set."""
    match box.program.value(at):
        case ir.Variable(value=value):
            return _variable(box, at.to(value))
        case ir.Operation(operator=operator, operands=(first, *_)) if operator in _DEFAULTS:
            return _variable(box, at.to(first))
        case ir.Call(callee=callee, args=(first, *_)) if _names(box, at.to(callee), sources.environment_getter):
            return box.texts.one(at.to(first.value))
        case ir.Item(base=base, key=key) if _names(box, at.to(base), sources.environment):
            return box.texts.one(at.to(key))
        case ir.Member(base=base, name=name) if _names(box, at.to(base), sources.environment):
            return name
        case _:
            return ""


def _names(box: Toolbox, at: At, known: Callable[[str], bool]) -> bool:
    return any(isinstance(one, External) and known(one.path) for one in box.symbols.resolve(at))

"""Methods that Python code finds by their names: ``getattr(self, f"tool_{name}")``, ``inspect.getmembers(self)``."""

from collections.abc import Iterator

from skillaudit import ir
from skillaudit.linking.names.program import At, Cls, Fn
from skillaudit.linking.names.symbols import Instance
from skillaudit.linking.registrations.toolbox import Toolbox

_DEEPEST = 3
_COROUTINES = "iscoroutinefunction"
_PRIVATE = {"_", "__"}


def by_name(box: Toolbox, fn: Fn, call: ir.Call) -> Iterator[tuple[str, Fn]]:
    """What a call of ``getattr(tools, f"tool_{name}")`` may run, by what stands for ``name``."""
    place = box.program.bare(fn.at(call.callee))
    found = _getattr(box, place)
    if found is None:
        return
    held, name = found
    text = box.program.value(box.program.bare(name))
    parts = [box.program.value(name.to(part)) for part in text.parts] if isinstance(text, ir.Text) else []
    before = parts[0].text if parts and isinstance(parts[0], ir.Literal) else ""
    after = parts[-1].text if len(parts) > 1 and isinstance(parts[-1], ir.Literal) else ""
    if not before.strip("_") and not after.strip("_"):
        return
    for cls in _classes(box, held):
        for method, target in box.handlers.methods(cls).items():
            if method.startswith(before) and method.endswith(after) and len(method) > len(before) + len(after):
                yield method[len(before) : len(method) - len(after)], target


def members(box: Toolbox, fn: Fn, at: At, depth: int = _DEEPEST) -> Iterator[Fn]:
    """The methods that a loop over an object's members goes through, where ``at`` is one of them or wraps it.

    A loop that asks for a mark on each goes through those that are marked, which a decorator says.
    """
    place = box.program.bare(at)
    value = box.program.value(place)
    gone = _gone_through(box, place, value)
    if gone is None:
        for argument in value.args if isinstance(value, ir.Call) and depth else ():
            yield from members(box, fn, place.to(argument.value), depth - 1)
        return
    held, coroutines = gone
    prefixes = _prefixes(box, fn)
    if _asks_for_mark(box, fn):
        return
    for cls in _classes(box, held):
        for name, target in box.handlers.methods(cls).items():
            wanted = any(map(name.startswith, prefixes - _PRIVATE)) if prefixes - _PRIVATE else name[0] != "_"
            if wanted and (box.program.function(target).is_async or not coroutines) and name != _name(box, fn):
                yield target


def named(box: Toolbox, fn: Fn, at: At) -> Iterator[tuple[str, Fn]]:
    """The methods by whose names a loop over an object's members calls tools: ``name.removeprefix("tool_")``."""
    place = box.program.bare(at)
    value = box.program.value(place)
    callee = box.program.value(place.to(value.callee)) if isinstance(value, ir.Call) else None
    cut = ""
    if isinstance(value, ir.Call) and isinstance(callee, ir.Member) and callee.name == "removeprefix" and value.args:
        before = box.program.value(place.to(value.args[0].value))
        cut = before.text if isinstance(before, ir.Literal) else ""
        place = box.program.bare(place.to(callee.base))
        value = box.program.value(place)
    listed = _call(box, place.to(value.base), "dir") if isinstance(value, ir.Element) else None
    prefixes = {cut} if cut else _prefixes(box, fn) - _PRIVATE
    if listed is None or not listed[1].args or not prefixes:
        return
    for cls in _classes(box, listed[0].to(listed[1].args[0].value)):
        for name, target in box.handlers.methods(cls).items():
            if any(map(name.startswith, prefixes)):
                yield name.removeprefix(cut), target


def _name(box: Toolbox, fn: Fn) -> str:
    return box.program.function(fn).name


def _gone_through(box: Toolbox, at: At, value: ir.Value) -> tuple[At, bool] | None:
    """The object whose members a loop goes through, and whether only its coroutines."""
    if isinstance(value, ir.Item):
        element = box.program.value(box.program.bare(at.to(value.base)))
        listed = _call(box, at.to(element.base), "getmembers") if isinstance(element, ir.Element) else None
        if listed is None or not listed[1].args:
            return None
        place, call = listed
        asked = [box.origins.name_of(place.to(argument.value)) for argument in call.args[1:]]
        return place.to(call.args[0].value), _COROUTINES in asked
    found = _getattr(box, at)
    name = box.program.value(box.program.bare(found[1])) if found is not None else None
    if found is None or not isinstance(name, ir.Element):
        return None
    listed = _call(box, box.program.bare(found[1]).to(name.base), "dir")
    return (found[0], False) if listed is not None else None


def _getattr(box: Toolbox, at: At) -> tuple[At, At] | None:
    """Object and name of a ``getattr``."""
    found = _call(box, at, "getattr")
    if found is None or len(found[1].args) < len(("object", "name")):
        return None
    place, call = found
    return place.to(call.args[0].value), place.to(call.args[1].value)


def _call(box: Toolbox, at: At, name: str) -> tuple[At, ir.Call] | None:
    place = box.program.bare(at)
    value = box.program.value(place)
    called = isinstance(value, ir.Call) and box.program.called(place.to(value.callee)) == name
    return (place, value) if isinstance(value, ir.Call) and called else None


def _classes(box: Toolbox, at: At) -> list[Cls]:
    """The classes of an object; of a method's own object those that end its line."""
    owner = box.symbols.owner(Fn(at.module, at.function))
    if owner is not None and isinstance(box.program.value(box.program.bare(at)), ir.Receiver):
        return box.scenes.lineage.concrete(owner)
    return [s.cls for s in box.symbols.resolve(at) if isinstance(s, Instance)]


def _prefixes(box: Toolbox, fn: Fn) -> set[str]:
    """The texts that a function asks names to begin with."""
    calls = [call for _, call, _ in box.program.calls(fn) if box.program.called(fn.at(call.callee)) == "startswith"]
    given = (box.program.value(fn.at(call.args[0].value)) for call in calls if call.args)
    return {value.text for value in given if isinstance(value, ir.Literal)}


def _asks_for_mark(box: Toolbox, fn: Fn) -> bool:
    """Whether a function looks for an attribute by a constant name: ``hasattr(method, "is_tool")``."""
    for _, call, _ in box.program.calls(fn):
        if box.program.called(fn.at(call.callee)) in {"getattr", "hasattr"} and len(call.args) > 1:
            name = box.program.value(fn.at(call.args[1].value))
            if isinstance(name, ir.Literal):
                return True
    return False

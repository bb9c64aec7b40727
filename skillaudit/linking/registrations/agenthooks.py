"""Hooks of agents: functions that an agent runs before and after a tool's call, with its arguments.

Libraries (CrewAI, LangChain, Strands, the agent SDKs of Anthropic and Google) call a function that was registered; what
command hooks read from standard input is known to ``entrances``.
"""

import re
from collections.abc import Iterator
from typing import Final

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import External, Formal, Symbols
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.linking.values.roles import Role

_CREW: Final = re.compile(r"^crewai\b[\w.]*\.(?:register_)?(?:before|after)_tool_call(?:_hook)?$")
_MATCHER: Final = re.compile(r"^claude_(?:agent|code)_sdk\b[\w.]*\.HookMatcher$")
_EVENTS: Final = re.compile(r"\.(?:Before|After)Tool(?:Call|Invocation)Event$")
_CALLBACKS: Final = re.compile(r"^(?:before|after)_tool_callback$")
_HANDLERS: Final = re.compile(r"^langchain[\w.]*\.\w*CallbackHandler$")
_STARTING: Final = {"on_tool_start": {"input_str", "inputs"}}


def fill(box: Toolbox) -> None:
    """Say which parameters of registered hooks hold a tool's call, or its arguments."""
    for fn in box.program.functions():
        if box.program.modules[fn.module].language != "python":
            continue
        for hook, role in (*_decorated(box, fn), *_registered(box, fn)):
            if box.program.function(hook).params:
                box.roles.add(Formal(hook, 0), role)
        for hook, index in (*_called_back(box, fn), *_overridden(box, fn)):
            box.roles.add(Formal(hook, index), Role.ARGUMENTS)


def _decorated(box: Toolbox, fn: Fn) -> Iterator[tuple[Fn, Role]]:
    function = box.program.function(fn)
    for number in function.decorators:
        at = At(fn.module, max(function.parent, 0), number)
        value = box.program.value(at)
        if role := _registers(box.symbols, at.to(value.callee) if isinstance(value, ir.Call) else at):
            yield fn, role


def _registered(box: Toolbox, fn: Fn) -> Iterator[tuple[Fn, Role]]:
    """What is handed to a registering function, also in a list, or behind the event that it is for."""
    for _, call, _ in box.program.calls(fn):
        registers = box.origins.name_of(fn.at(call.callee)) == "add_callback"
        told = registers and call.args and _leads(box.symbols, fn.at(call.args[0].value), _EVENTS)
        if role := Role.HOOK if told else _registers(box.symbols, fn.at(call.callee)):
            for argument in call.args:
                yield from ((hook, role) for hook in _functions(box, fn.at(argument.value)))


def _registers(symbols: Symbols, at: At) -> Role | None:
    """What a registering function hands to its hooks: CrewAI an object, others what shows all that it holds."""
    if _leads(symbols, at, _CREW):
        return Role.CONTEXT
    return Role.HOOK if _leads(symbols, at, _MATCHER) else None


def _called_back(box: Toolbox, fn: Fn) -> Iterator[tuple[Fn, int]]:
    """``Agent(before_tool_callback=check)``: the arguments are the callback's parameter ``args``."""
    for _, call, _ in box.program.calls(fn):
        for argument in call.args:
            for hook in _functions(box, fn.at(argument.value)) if _CALLBACKS.match(argument.name) else ():
                params = box.program.function(hook).params
                yield from ((hook, index) for index, parameter in enumerate(params) if parameter.name == "args")


def _overridden(box: Toolbox, fn: Fn) -> Iterator[tuple[Fn, int]]:
    """``on_tool_start(self, serialized, input_str, …)`` of a callback handler."""
    function, owner = box.program.function(fn), box.symbols.owner(fn)
    names = _STARTING.get(function.name)
    if names is None or owner is None or function.owner < 0:
        return
    declared = box.program.klass(owner)
    if any(_leads(box.symbols, At(owner.module, declared.scope, base), _HANDLERS) for base in declared.bases):
        yield from ((fn, index) for index, parameter in enumerate(function.params) if parameter.name in names)


def _functions(box: Toolbox, at: At) -> Iterator[Fn]:
    value = box.program.value(box.program.bare(at))
    if isinstance(value, ir.Sequence):
        for item in value.items:
            yield from _functions(box, at.to(item))
    else:
        yield from (symbol for symbol in box.symbols.resolve(at) if isinstance(symbol, Fn))


def _leads(symbols: Symbols, at: At, pattern: re.Pattern[str]) -> bool:
    return any(isinstance(s, External) and pattern.search(s.path) for s in symbols.resolve(at))

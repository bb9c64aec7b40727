"""Tools of Go servers that speak JSON-RPC themselves: what they list, with the code that a call by its name runs."""

import re
from collections.abc import Iterator
from itertools import islice

from skillaudit import ir
from skillaudit.linking.calls.scene import NOWHERE, fullest
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.registrations import spoken
from skillaudit.linking.registrations.handlers import RUNS, Handler
from skillaudit.linking.registrations.toolbox import Candidate, Toolbox
from skillaudit.linking.values.roles import Role

_SCHEMAS = {"inputschema", "input_schema", "parameters", "schema", "params"}
_RUNNING = {name.lower() for name in RUNS} | {"exec", "do"}
_WHOLE = re.compile(r"req|(?<!Raw)message|msg|callparams|calltoolparams|envelope|toolcall", re.IGNORECASE)
_PART = re.compile(r"RawMessage|\[\]byte|map\[string\]|params|\bany\b|interface\{\}", re.IGNORECASE)
_NEAR = 4


def find(box: Toolbox) -> Iterator[Candidate]:
    """``{name, description, inputSchema}`` in maps and structs of a server that answers ``tools/call`` itself."""
    dispatchers = spoken.answering(box)
    packages = {box.program.package_path(fn.module) for fn in dispatchers}
    for fn in dispatchers:
        box.dispatchers.append(fn)
        _hears(box, fn)
    cases = _cases(box, dispatchers)
    for fn in box.program.functions() if packages else ():
        if box.program.modules[fn.module].language == "go" and box.program.package_path(fn.module) in packages:
            for number, record in box.program.of_kind(fn, ir.Record):
                yield from _listed(box, fn.at(number), record, cases)


def _hears(box: Toolbox, dispatcher: Fn) -> None:
    """What carries the message, whole or in part, among a dispatcher's parameters."""
    for index, parameter in enumerate(box.program.function(dispatcher).params):
        told = _WHOLE.search(parameter.type_text) or _PART.search(parameter.type_text)
        if told and parameter.name.lower() not in {"id", "w", "rw"}:
            box.client_fills(dispatcher, Role.REQUEST, index)


def _listed(box: Toolbox, at: At, record: ir.Record, cases: dict[str, Fn]) -> Iterator[Candidate]:
    entries = {entry.key.lower(): at.to(entry.value) for entry in record.entries if not entry.spread}
    run = next((entries[key] for key in entries if key in _RUNNING), None)
    if not {"name", "description"} <= entries.keys() or (run is None and _SCHEMAS.isdisjoint(entries)):
        return
    run = run or _beside(box, at)
    for name, scene in fullest(box.scenes.texts(entries["name"]), Fn(at.module, at.function)):
        handler = (run and box.handler(run, scene)) or _by_name(cases, name)
        if handler is not None:
            _fill(box, handler.fn)
        module, location = box.location(at.module, record.line, scene)
        yield Candidate(
            name, location, module, handler.fn if handler else None, "definition",
            box.description(entries["description"], scene), dispatched=True,
            around=handler.around if handler else (), described=box.seen(entries["description"], scene),
            definition=box.seen(at, scene),
        )  # fmt: skip


def _beside(box: Toolbox, at: At) -> At | None:
    """The function that is given with a definition: ``s.add(definition, s.read)``, ``entry{definition, read}``."""
    fn = Fn(at.module, at.function)
    groups = [[fn.at(a.value) for a in call.args] for _, call, _ in box.program.calls(fn)]
    groups += [[fn.at(e.value) for e in held.entries] for _, held in box.program.of_kind(fn, ir.Record)]
    for group in groups:
        if any(box.program.bare(one) == at for one in group):
            others = (one for one in group if box.program.bare(one) != at)
            found = next((one for one in others if box.handler(one) is not None), None)
            if found is not None:
                return found
    return None


def _by_name(cases: dict[str, Fn], name: str) -> Handler | None:
    fn = cases.get(name)
    return None if fn is None else Handler(fn, (), NOWHERE)


def _cases(box: Toolbox, dispatchers: tuple[Fn, ...]) -> dict[str, Fn]:
    """By the text that a branch compares with, the first function of the project that the branch calls."""
    found: dict[str, Fn] = {}
    for fn in box.calls.reach(dispatchers, _NEAR):
        function = box.program.function(fn)
        for edge in box.calls.out.get(fn, ()):
            block = function.blocks[edge.block]
            test = function.values[block.test] if block.kind in {"case", "if"} and block.test >= 0 else None
            if isinstance(test, ir.Operation) and test.operator == "==" and not edge.handed:
                for text in (text for one in test.operands for text in islice(box.texts.of(fn.at(one)), 1)):
                    if box.program.function(edge.target).params:
                        found.setdefault(text, edge.target)
    return found


def _fill(box: Toolbox, handler: Fn) -> None:
    """The client fills whatever a handler gets beside contexts and what the server holds."""
    for index, parameter in enumerate(box.program.function(handler).params):
        if _WHOLE.search(parameter.type_text):
            box.client_fills(handler, Role.REQUEST, index)
        elif _PART.search(parameter.type_text) or not parameter.type_text.startswith("*"):
            box.client_fills(handler, Role.ARGUMENTS, index)

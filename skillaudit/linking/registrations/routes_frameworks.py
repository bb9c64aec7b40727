"""Handlers of frameworks that hand in one object or known arguments: tRPC, GraphQL resolvers, loaders of pages."""

import re
from collections.abc import Iterator
from typing import Final

from skillaudit import ir
from skillaudit.linking.knowledge.handedobjects import INPUT
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import Formal
from skillaudit.linking.registrations.toolbox import Toolbox

_PROCEDURES: Final = {"query", "mutation", "subscription"}
_ROOTS: Final = {"Query", "Mutation", "Subscription"}
_LOADERS: Final = {"loader", "action", "load", "getServerSideProps"}
_CONTEXTS: Final = re.compile(
    r"\b(?:(?:Loader|Action)(?:Function)?Args|RequestEvent|(?:Page)?(?:Server)?LoadEvent|APIContext|"
    r"GetServerSidePropsContext)\b"
)
_FILES: Final = re.compile(r"(?:^|/)(?:routes|pages)/|(?:^|/)\+(?:page|layout)\.server\.[jt]s$")
_RESOLVED_FROM: Final = 2


def fill(box: Toolbox) -> None:
    """Say which parameters hold what was sent."""
    for fn in box.program.functions():
        if not box.program.is_script(fn.module):
            continue
        if fn.number == 0:
            _loaders(box, fn.module)
        for formal in _typed(box, fn):
            box.roles.serve(formal)
        for _, call, _ in box.program.calls(fn):
            _procedure(box, fn, call)
        for number, value in enumerate(box.program.function(fn).values):
            if isinstance(value, ir.Record):
                _resolvers(box, fn.at(number), value)


def _typed(box: Toolbox, fn: Fn) -> Iterator[Formal]:
    for index, parameter in enumerate(box.program.function(fn).params):
        if _CONTEXTS.search(parameter.type_text):
            yield Formal(fn, index)


def _loaders(box: Toolbox, module: int) -> None:
    """``export async function loader({ request, params })`` of Remix, React Router, SvelteKit and Next.js."""
    path = box.program.modules[module].path
    for export in box.program.modules[module].exports:
        known = export.name == "getServerSideProps" or (export.name in _LOADERS and _FILES.search(path))
        at = box.program.exported(module, export.name) if known else None
        for fn in box.symbols.resolve(at) if isinstance(at, At) else ():
            if isinstance(fn, Fn) and box.program.function(fn).params:
                box.roles.serve(Formal(fn, 0))


def _procedure(box: Toolbox, fn: Fn, call: ir.Call) -> None:
    """``t.procedure.input(schema).mutation(({ input }) => …)``."""
    callee = box.program.value(fn.at(call.callee))
    if not isinstance(callee, ir.Member) or callee.name not in _PROCEDURES or len(call.args) != 1:
        return
    schema = _input(box, fn.at(callee.base))
    for handler in box.symbols.resolve(fn.at(call.args[0].value)) if schema else ():
        if schema and isinstance(handler, Fn) and box.program.function(handler).params:
            formal = Formal(handler, 0)
            box.roles.bring(formal, INPUT)
            box.roles.describe(formal, (schema,))


def _input(box: Toolbox, at: At) -> At | None:
    """The schema that a procedure's chain of calls checks its input with."""
    held = box.program.bare(at)
    value = box.program.value(held)
    while isinstance(value, ir.Call) and isinstance(callee := box.program.value(held.to(value.callee)), ir.Member):
        if callee.name == "input" and value.args:
            return held.to(value.args[0].value)
        held = box.program.bare(held.to(callee.base))
        value = box.program.value(held)
    return None


def _resolvers(box: Toolbox, at: At, record: ir.Record) -> None:
    """``{ Query: { user(parent, args, context) { … } } }``."""
    for entry in record.entries:
        held = box.program.bare(at.to(entry.value))
        fields = box.program.value(held) if entry.key in _ROOTS else None
        for inner in fields.entries if isinstance(fields, ir.Record) else ():
            for fn in box.symbols.resolve(held.to(inner.value)):
                if isinstance(fn, Fn) and len(box.program.function(fn).params) >= _RESOLVED_FROM:
                    box.roles.bring(Formal(fn, 1), "params")

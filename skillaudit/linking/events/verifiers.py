"""Verifiers that an SDK calls with what the caller presented: ``verify_token``, ``authenticate`` and their kin.

Their plain ``return None`` is a rejection. A predicate that the project itself calls is none: there the branch of its
caller rejects.
"""

import re
from collections.abc import Iterator

from skillaudit import ir
from skillaudit.events import Cause
from skillaudit.linking.events.refusals import Refusal, Refusals
from skillaudit.linking.names.program import Fn
from skillaudit.linking.names.symbols import External
from skillaudit.linking.registrations.toolbox import Toolbox

_METHODS = {
    "verify_token": "token not verified", "verify_access_token": "token not verified",
    "verifyAccessToken": "token not verified", "verifyToken": "token not verified",
    "load_access_token": "unknown access token", "load_refresh_token": "unknown refresh token",
    "load_authorization_code": "unknown authorization code", "authenticate": "caller not authenticated",
    "authorize": "caller not authorized",
}  # fmt: skip
_BASES = re.compile(r"(?:Token|Auth|OAuth|JWT|Bearer)\w*|AuthenticationBackend|BaseAuthentication|\w*Middleware")
_HANDED = {"RequireBearerToken", "withMcpAuth", "experimental_withMcpAuth", "requireBearerAuth", "FastMCP", "mcpAuth"}
_EMPTY = {"null", "bool"}


def silent_answers(box: Toolbox, refusals: Refusals) -> Iterator[tuple[Fn, Refusal]]:
    """The returns of nothing, and the errors, of verifiers that only an SDK calls."""
    literal = dict(_literals(box))
    for fn in box.program.functions():
        if not box.program.surface(fn.module).counts:
            continue
        said = literal.get(fn) or _verifier(box, fn)
        if said:
            yield from ((fn, refusal) for refusal in _nothing(box, fn, said))
            yield from ((fn, refusal) for refusal in _failures(box, fn, refusals))


def _literals(box: Toolbox) -> Iterator[tuple[Fn, str]]:
    """``{async verifyAccessToken(token) {…}}``: an object that implements an SDK's interface without naming it."""
    for fn in box.program.functions():
        for _, value in box.program.of_kind(fn, ir.Record):
            for entry in value.entries:
                if entry.key in _METHODS:
                    held = (s for s in box.symbols.resolve(fn.at(entry.value)) if isinstance(s, Fn))
                    yield from ((target, _METHODS[entry.key]) for target in held)


def _verifier(box: Toolbox, fn: Fn) -> str:
    """What the refusal of a verifier says; empty where the function is none."""
    function = box.program.function(fn)
    owner = box.symbols.owner(fn) if function.owner >= 0 else None
    if owner is not None and function.name in _METHODS and _based(box, fn):
        return _METHODS[function.name]
    handed = box.calls.into.get(fn, ())
    names = (_called(box, edge.caller, edge.value) for edge in handed if edge.handed)
    return "token not verified" if any(name in _HANDED for name in names) else ""


def _based(box: Toolbox, fn: Fn) -> bool:
    """Whether the class derives from, or says that it implements, something of an SDK; nobody of ours calls it."""
    owner = box.symbols.owner(fn)
    declared = box.program.klass(owner) if owner else None
    if owner is None or declared is None or any(not e.handed for e in box.calls.into.get(fn, ())):
        return False
    top = Fn(owner.module, declared.scope)
    for base in declared.bases:
        for symbol in box.symbols.resolve(top.at(base)):
            if isinstance(symbol, External) and _BASES.search(symbol.path.rpartition(".")[2]):
                return True
    return any(_BASES.fullmatch(box.origins.name_of(top.at(base))) for base in declared.bases)


def _called(box: Toolbox, fn: Fn, value: int) -> str:
    call = box.program.value(fn.at(value))
    return box.origins.name_of(fn.at(call.callee)) if isinstance(call, ir.Call) else ""


def _nothing(box: Toolbox, fn: Fn, said: str) -> Iterator[Refusal]:
    for step in box.program.function(fn).steps:
        if isinstance(step, ir.Return) and not step.yields and _is_nothing(box, fn, step.value):
            yield Refusal(fn, step.value, step.block, step.line, step.line, said, Cause.CREDENTIAL)


def _is_nothing(box: Toolbox, fn: Fn, value: int) -> bool:
    held = box.program.value(fn.at(value)) if value >= 0 else None
    return held is None or (isinstance(held, ir.Literal) and held.kind in _EMPTY and held.text.lower() != "true")


def _failures(box: Toolbox, fn: Fn, refusals: Refusals) -> Iterator[Refusal]:
    """Errors that a verifier raises or returns, whatever they say: the SDK turns each into a rejection."""
    for step in box.program.function(fn).steps:
        if isinstance(step, ir.Raise):
            texts = " ".join(refusals.texts(fn.at(step.value))) if step.value >= 0 else ""
            yield Refusal(
                fn, step.value, step.block, step.line, step.line, texts[:80] or "token not verified", Cause.CREDENTIAL
            )
        elif isinstance(step, ir.Return) and step.value >= 0 and _is_failure(box, fn, step.value):
            texts = " ".join(refusals.texts(fn.at(step.value)))
            yield Refusal(
                fn, step.value, step.block, step.line, step.line, texts[:80] or "token not verified", Cause.CREDENTIAL
            )


def _is_failure(box: Toolbox, fn: Fn, value: int) -> bool:
    """Go's ``return nil, err``."""
    held = box.program.value(fn.at(value))
    if not isinstance(held, ir.Sequence) or len(held.items) < 2:  # noqa: PLR2004 - a pair
        return False
    first, last = (box.program.value(fn.at(held.items[n])) for n in (0, -1))
    empty = isinstance(first, ir.Literal) and first.kind == "null"
    return empty and not (isinstance(last, ir.Literal) and last.kind == "null")

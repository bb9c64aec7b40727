"""Branches of code that authenticates callers which let some requests through before anybody asks who sends them.

What is open on purpose (health, metadata, pre-flight requests, what is no request) and what an option decides is none:
only what any caller may write into a request counts, as a header, the method or a part of the query.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from skillaudit import ir
from skillaudit.events import Cause
from skillaudit.linking.calls.gates import children
from skillaudit.linking.calls.leaving import ancestors
from skillaudit.linking.events.refusals import Refusal, Refusals
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.registrations.toolbox import Toolbox

_ONWARD = {"next", "call_next", "Next", "ServeHTTP", "app", "_app", "get_response"}
_CREDENTIALS = {Cause.CREDENTIAL, Cause.SCOPE}
_NOT = {"not", "!"}
_ALL, _ANY = {"and", "&&"}, {"or", "||"}
_SAME, _OTHER = {"==", "===", "in", "is"}, {"!=", "!==", "not in", "is not"}
_BEGINS = {"startswith", "startsWith", "HasPrefix", "includes", "Contains"}
_HEADERS = {"headers", "header", "get_header", "getheader", "hostname"}
_READS, _REQUESTS = {"get", "header"}, {"req", "request"}
"""``req.get("x-key")`` and ``req.header("x-key")`` of Express and Hono."""
_QUERY = {"query", "query_string", "query_params", "searchparams", "rawquery"}
_PATH = {"path", "pathname", "originalurl", "requesturi", "raw_path"}
_ASKED = {"body", "asked", "message", "rpc", "params", "payload"}
_SERVED = re.compile(r"mcp|sse|message|^/?$", re.IGNORECASE)
_OPENING = {"OPTIONS", "HEAD", "TRACE"}
_AUTHORIZES = re.compile(r"authori[sz]ation", re.IGNORECASE)
_DEPTH = 8
_CALLS = 3


class Pass(msgspec.Struct, frozen=True):
    """Where a function lets a request through: the line and block of the branch, and what it asks."""

    line: int
    block: int
    asks: str


@dataclass(slots=True)
class LetThrough:
    """Answers for one function at a time, and remembers which functions turn callers away."""

    box: Toolbox
    refusals: Refusals
    _refusing: dict[Fn, bool] = field(default_factory=dict)

    def of(self, fn: Fn) -> Iterator[Pass]:
        """The branches that hand a request on before the first step that may refuse its caller."""
        program = self.box.program
        function = program.function(fn)
        onward = [
            (call.line, block) for _, call, block in program.calls(fn) if program.called(fn.at(call.callee)) in _ONWARD
        ]
        if len(onward) < 2:  # noqa: PLR2004 - what is let through, and what is handed on once it was checked
            return
        first = min(self._asked(fn), default=0)
        for line, block in onward:
            held = [number for number in ancestors(function, block) if function.blocks[number].kind == "if"]
            test = function.blocks[held[-1]].test if len(held) == 1 else -1
            if line < first and test >= 0 and (asks := self._chosen(fn.at(test), holds=True, depth=_DEPTH)):
                yield Pass(function.blocks[held[-1]].line, held[-1], asks)

    def _asked(self, fn: Fn) -> Iterator[int]:
        """The lines of the steps that may refuse a caller for want of credentials."""
        yield from (one.line for one in self._own(fn))
        yield from (edge.line for edge in self.box.calls.out.get(fn, ()) if self._refuses(edge.target, _CALLS))

    def _own(self, fn: Fn) -> Iterator[Refusal]:
        found = (*self.refusals.answers(fn), *self.refusals.errors(fn))
        return (one for one in found if one.cause in _CREDENTIALS)

    def _refuses(self, fn: Fn, depth: int) -> bool:
        if fn not in self._refusing:
            self._refusing[fn] = False  # what calls itself
            inner = (edge.target for edge in self.box.calls.out.get(fn, ()) if depth and not edge.handed)
            self._refusing[fn] = any(True for _ in self._own(fn)) or any(self._refuses(one, depth - 1) for one in inner)
        return self._refusing[fn]

    # --- what a condition asks

    def _chosen(self, at: At, *, holds: bool, depth: int) -> str:
        """What a caller writes into a request so that a condition holds, or does not; empty where it is no such one."""
        value = self.box.program.value(self.box.program.bare(at))
        at = self.box.program.bare(at)
        match value:
            case ir.Operation(operator=operator, operands=(inner,)) if operator in _NOT and depth:
                return self._chosen(at.to(inner), holds=not holds, depth=depth - 1)
            case ir.Operation(operator=operator, operands=operands) if operator in _ALL | _ANY and depth:
                found = [self._chosen(at.to(one), holds=holds, depth=depth - 1) for one in operands]
                every = (operator in _ALL) is holds
                return " and ".join(found) if every and all(found) else "" if every else next(filter(None, found), "")
            case ir.Operation(operator=operator, operands=(first, second)) if operator in _SAME | _OTHER:
                return self._compared(at.to(first), at.to(second), holds=holds is (operator in _SAME))
            case ir.Call() if self.box.program.called(at.to(value.callee)) in _BEGINS and value.args:
                callee = self.box.program.value(at.to(value.callee))
                asked = [at.to(one.value) for one in value.args]
                held = asked[0] if len(asked) > 1 or not isinstance(callee, ir.Member) else at.to(callee.base)
                return self._compared(held, asked[-1], holds=holds)
            case _:
                return self._present(at, holds=holds)

    def _compared(self, one: At, other: At, *, holds: bool) -> str:
        """A part of a request that is compared with constants."""
        texts = [*self._texts(one), *self._texts(other)]
        names = {*self._names(one, _DEPTH), *self._names(other, _DEPTH)}
        if names & _HEADERS or names & _QUERY:
            missing = any(map(_AUTHORIZES.search, texts))
            return self._part(names) if holds is not missing else ""
        if not holds or not texts:
            return ""
        if "method" in names and names & _ASKED:
            return "the method that it calls" if "tools/call" in texts else ""
        if "method" in names:
            return "its method" if not _OPENING.intersection(texts) else ""
        if names & _PATH:
            return "the server's own path" if any(map(_SERVED.search, texts)) else ""
        return "requests of every kind" if {"scope", "type"} <= names and "http" in texts else ""

    def _present(self, at: At, *, holds: bool) -> str:
        """A header that is there, or credentials that are not."""
        names = set(self._names(at, _DEPTH))
        if not names & _HEADERS and not names & _QUERY:
            return ""
        missing = any(map(_AUTHORIZES.search, names))
        return self._part(names) if holds is not missing else ""

    def _part(self, names: set[str]) -> str:
        if any(map(_AUTHORIZES.search, names)):
            return "no credentials"
        return "a part of its query" if names & _QUERY else "a header"

    def _names(self, at: At, depth: int) -> Iterator[str]:
        """The names and constant keys in an expression, in small letters."""
        value = self.box.program.value(at)
        match value:
            case ir.Literal(kind="str", text=text) if depth < _DEPTH:
                yield text.lower()
            case ir.Member(name=name) | ir.Name(name=name):
                yield name.lower()
            case ir.Item(key=key):
                held = self.box.program.value(at.to(key))
                yield from (held.text.lower(),) if isinstance(held, ir.Literal) else ()
            case ir.Param(index=index):
                yield self.box.program.function(Fn(at.module, at.function)).params[index].name.lower()
            case ir.Call() if self.box.program.called(at.to(value.callee)) in _READS:
                callee = self.box.program.value(at.to(value.callee))
                base = self.box.program.called(at.to(callee.base)) if isinstance(callee, ir.Member) else ""
                asked = self.box.program.value(at.to(callee.base)) if isinstance(callee, ir.Member) else None
                request = isinstance(asked, ir.Param) or base in _REQUESTS
                yield from ("header",) if request else ()
            case ir.Variable(name=name):
                yield name.lower()
                inner = self.box.program.value(self.box.program.bare(at))
                if isinstance(inner, ir.Call) and depth:
                    yield self.box.program.called(self.box.program.bare(at).to(inner.callee)).lower()
                return
            case _:
                pass
        for child in children(value) if depth else ():
            yield from self._names(at.to(child), depth - 1)

    def _texts(self, at: At) -> Iterator[str]:
        """The constants that a value may be, also as the items of a list."""
        value = self.box.program.value(self.box.program.bare(at))
        items = value.items if isinstance(value, ir.Sequence) else ()
        held = [self.box.program.value(self.box.program.bare(at).to(one)) for one in items] or [value]
        yield from (_text(one.text) for one in held if isinstance(one, ir.Literal) and one.kind == "str")
        name = value.name if isinstance(value, ir.Member) else ""
        if name.startswith("Method"):  # Go: http.MethodPost
            yield name.removeprefix("Method").upper()


def _text(text: str) -> str:
    return text[2:-1] if text[:2] in {'b"', "b'"} else text

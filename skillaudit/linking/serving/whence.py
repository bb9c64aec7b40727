"""Who could know a value: the client that sent it, everybody who reads the code, or only somebody else.

A comparison proves something only against a value of the third kind: what the client sent, or what was made of that
alone, is always equal to itself, and a constant is known to whoever has the source.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from skillaudit import ir
from skillaudit.linking.calls.gates import children
from skillaudit.linking.names.members import members
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import Data, External, Formal
from skillaudit.linking.registrations.toolbox import Toolbox

_DEPTH = 24
_ENVIRONMENT = re.compile(r"^(?:os\.environ|process\.env|import\.meta\.env|Deno\.env|Bun\.env)\b")
_GETTERS = re.compile(
    r"^(?:os\.(?:getenv|Getenv|LookupEnv|environ\.get)|syscall\.Getenv|(?:Deno|process|Bun)\.env\.get)$"
)
_DIGEST = re.compile(r"^\$?(?:[0-9a-f]{32,}|[0-9A-F]{32,}|(?:2[aby]|argon2\w*|scrypt|pbkdf2\S*)\$\S+)$")
_MADE_OF = {
    "sha1", "sha224", "sha256", "sha384", "sha512", "md5", "blake2b", "blake2s", "sha3_256", "new", "update",
    "hexdigest", "digest", "encode", "decode", "strip", "trim", "lower", "upper", "casefold", "toLowerCase",
    "toUpperCase", "str", "String", "bytes", "bytearray", "from", "toString", "Sum256", "Sum512", "Sum384", "Sum",
    "EncodeToString", "DecodeString", "createHash", "createHmac", "int", "Number", "parseInt", "float", "bool",
    "Boolean", "format", "replace", "replaceAll", "slice", "substring", "b64encode", "b64decode",
    "urlsafe_b64encode", "normalize", "concat", "join", "split", "TrimSpace", "ToLower", "ToUpper", "Sprintf",
    "Sprint", "hash", "TextEncoder", "reversed", "sorted", "byte", "string", "hex", "len", "repr", "dumps",
    "stringify", "Marshal", "fsencode", "atob", "btoa",
}  # fmt: skip
"""Functions that make their result of what they are given, and of nothing else."""

_OTHERWISE = {"or", "||", "??"}

Frame = tuple[tuple[Fn, Fn, int], ...]
"""The calls that led into a function, the last one first: what is called, by whom, and the number of the call."""


class Whence(Enum):
    """``CLIENT``: made of what the client sent alone; ``CONSTANT``: stands in the code; ``OUTSIDE``: anything else."""

    CLIENT = "client"
    CONSTANT = "constant"
    OUTSIDE = "outside"


@dataclass(slots=True)
class Whences:
    """Answers for one value at a time."""

    box: Toolbox

    def of(self, at: At, frame: Frame = (), depth: int = _DEPTH) -> Whence:  # noqa: C901, PLR0911 - one case per kind
        """Who knows the value, in a function that was called by ``frame``."""
        program = self.box.program
        value = program.value(at)
        if not depth:
            return Whence.OUTSIDE
        match value:
            case ir.Literal():
                return Whence.OUTSIDE if _DIGEST.match(value.text) else Whence.CONSTANT
            case ir.Variable():
                return self.of(at.to(value.value), frame, depth - 1)
            case ir.Name():
                outer = program.lexical(Fn(at.module, at.function), value.name)
                return self.of(outer, frame, depth - 1) if outer else self._named(at)
            case ir.Import():
                target = program.imported(at.module, value.module, value.symbol)
                return self.of(target, frame, depth - 1) if isinstance(target, At) else Whence.OUTSIDE
            case ir.Param():
                return self._param(at, value.index, frame, depth - 1)
            case ir.Member() | ir.Item():
                return self._part(at, value, frame, depth - 1)
            case ir.Call():
                return self._call(at, value, frame, depth - 1)
            case ir.Operation(operator=operator, operands=operands) if operator in _OTHERWISE:
                return _either(self.of(at.to(one), frame, depth - 1) for one in operands)
            case ir.Choice():
                return _either(self.of(at.to(one), frame, depth - 1) for one in value.options)
            case ir.Receiver() | ir.Caught() | ir.Element():
                return self.of(at.to(value.base), frame, depth - 1) if isinstance(value, ir.Element) else Whence.OUTSIDE
            case _:
                return _made(self.of(at.to(one), frame, depth - 1) for one in children(value))

    def _named(self, at: At) -> Whence:
        """A name that nothing in sight binds: of a library or the language; the environment is neither."""
        return Whence.OUTSIDE if any(_ENVIRONMENT.match(path) for path in self._paths(at)) else Whence.CONSTANT

    def _paths(self, at: At) -> list[str]:
        return [s.path for s in self.box.symbols.resolve(at) if isinstance(s, External)]

    def _param(self, at: At, index: int, frame: Frame, depth: int) -> Whence:
        """What the call at hand passes, else the client, else what all callers in sight pass."""
        fn = Fn(at.module, at.function)
        formal = Formal(fn, index)
        if self.box.roles.of(formal) is not None:
            return Whence.CLIENT
        if frame and frame[0][0] == fn:
            sites: Iterable[tuple[tuple[Fn, int], Frame]] = [(frame[0][1:], frame[1:])]
        else:
            callers = self.box.origins.callers.get(fn, ())
            sites = [(site, ()) for site in callers if self.box.program.surface(site[0].module).counts]
        found = [one for (caller, number), outer in sites for one in self._given(caller, number, formal, outer, depth)]
        return _either(found) if found else Whence.OUTSIDE

    def _given(self, caller: Fn, number: int, formal: Formal, outer: Frame, depth: int) -> Iterator[Whence]:
        given = self.box.origins.callings.given(caller, number, formal)
        yield from (self.of(one, outer, depth) for one in given)

    def _part(self, at: At, value: ir.Member | ir.Item, frame: Frame, depth: int) -> Whence:
        program = self.box.program
        records = [s for s in self.box.symbols.resolve(at.to(value.base)) if isinstance(s, Data)]
        name = value.name if isinstance(value, ir.Member) else ""
        held = [one for s in records for one in members(program, self.box.symbols, s, name)]
        if held:
            return _either(self.of(one, frame, depth) for one in held)
        if any(_ENVIRONMENT.match(path) for path in self._paths(at)):
            return Whence.OUTSIDE
        base = self.of(at.to(value.base), frame, depth)
        return Whence.CLIENT if base is Whence.CLIENT else Whence.OUTSIDE

    def _call(self, at: At, call: ir.Call, frame: Frame, depth: int) -> Whence:
        fn = Fn(at.module, at.function)
        own = [s for s in self.box.symbols.resolve(at.to(call.callee)) if isinstance(s, Fn)]
        if own:
            return _either(w for one in own for w in self._returned(one, ((one, fn, at.value), *frame), depth))
        if any(_GETTERS.match(path) for path in self._paths(at.to(call.callee))):
            fallback = [self.of(at.to(a.value), frame, depth) for a in call.args[1:]]
            return Whence.CLIENT if Whence.CLIENT in fallback else Whence.OUTSIDE
        given = [self.of(at.to(a.value), frame, depth) for a in call.args]
        callee = self.box.program.value(at.to(call.callee))
        base = self.of(at.to(callee.base), frame, depth) if isinstance(callee, ir.Member) else Whence.CONSTANT
        if base is Whence.CLIENT:
            return _made((base, *given))
        if self.box.program.called(at.to(call.callee)) not in _MADE_OF and not self._converts(at, call):
            return Whence.OUTSIDE
        library = isinstance(callee, ir.Member) and isinstance(
            self.box.program.value(at.to(callee.base)), ir.Import | ir.Name
        )
        return _made(given if library else (base, *given))

    def _converts(self, at: At, call: ir.Call) -> bool:
        """Go: ``[]byte(text)``, whose callee is a type."""
        return isinstance(self.box.program.value(at.to(call.callee)), ir.Item | ir.Opaque)

    def _returned(self, fn: Fn, frame: Frame, depth: int) -> Iterator[Whence]:
        for step in self.box.program.function(fn).steps:
            if isinstance(step, ir.Return) and step.value >= 0:
                yield self.of(fn.at(step.value), frame, depth)


def _either(found: Iterable[Whence]) -> Whence:
    """One of several values: the client's, if it may be, for whoever chooses chooses that."""
    held = set(found)
    return next((one for one in (Whence.CLIENT, Whence.OUTSIDE) if one in held), Whence.CONSTANT)


def _made(found: Iterable[Whence]) -> Whence:
    """What is made of several values: nobody knows it who does not know all of them."""
    held = set(found)
    return next((one for one in (Whence.OUTSIDE, Whence.CLIENT) if one in held), Whence.CONSTANT)

"""What each record says, and who it tells of."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.events import Note
from skillaudit.facts import LogCall
from skillaudit.linking.calls.gates import children
from skillaudit.linking.knowledge.vocabulary import words
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import External
from skillaudit.linking.origins.origins import Origins
from skillaudit.linking.records.correlated import correlates
from skillaudit.linking.records.said import Sayings

_DEPTH = 6
_HASHES = re.compile(
    r"hash|digest|sha\d|fingerprint|mask|redact|anonymi|pseudonym|obfuscat|scrub|hmac|hexdigest|encrypt", re.IGNORECASE
)
_HARMLESS = {"len", "bool", "Boolean", "isinstance", "typeof", "type", "length", "size", "count", "keys", "split"}
_PEOPLE = re.compile(
    r"(?:^|_)(?:e_?mails?|e_?mail_?address(?:es)?|user_?names?|full_?name|first_?name|last_?name|display_?name|given_?name|"
    r"family_?name|real_?name|nick_?name|phone(?:_?number)?|preferred_?username|upn)$",
    re.IGNORECASE,
)
_BINDING = {"bind", "child", "With", "WithField", "WithFields", "with_fields", "Str", "Any", "new", "withContext"}
_SMALL = 8
"""As many steps as a helper has that makes a hash and does nothing else."""
_MADE = (ir.Call, ir.Record, ir.Text)
_FULL = re.compile(r"(?:full|display)_?name$", re.IGNORECASE)
_THINGS = {
    "ref", "image", "oci", "repo", "repository", "package", "module", "tool", "function", "method", "type", "project",
    "server", "file", "resource", "test", "model",
}  # fmt: skip
_CONFIGURED = {"config", "settings", "options", "env", "environ", "args", "conf", "opts", "cfg", "credentials", "db"}
_SNAKE = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_TAKES_TEXT = {"str", "String", "repr", "lower", "upper", "strip", "trim", "toLowerCase", "toString", "format"}


@dataclass(slots=True)
class Notes:
    """Reads records with the knowledge of ``Sayings``."""

    program: Program
    origins: Origins
    sayings: Sayings
    _callees: dict[Fn, set[int]] = field(default_factory=dict)

    def of(self, calls: Iterable[tuple[Fn, int, LogCall]]) -> Iterator[Note]:
        """One for each record of production code that the operator sees."""
        for fn, _, call in calls:
            if call.surface.counts and call.operator:
                said = self.sayings.of(fn, call)
                people = tuple(dict.fromkeys(self._people(fn, call)))
                tied = any(correlates(name) for name in said.names)
                hashed = any(_HASHES.search(name) for name in said.names) or self._hashes(fn, call)
                names = tuple(sorted(said.names))
                yield Note(call.location, call.package, names, people, correlated=tied, hashed=hashed)

    def _hashes(self, fn: Fn, call: LogCall) -> bool:
        """Whether a value is hashed on its way into the record."""
        written = self.sayings.at_line(fn, call.location.line)
        front = [(argument.value, _DEPTH) for argument in written.args] if written else []
        while front:
            value, depth = front.pop()
            held = self.program.value(fn.at(value))
            if isinstance(held, ir.Call) and self._hashing(fn.at(held.callee)):
                return True
            inner = (held.value,) if isinstance(held, ir.Variable) else children(held)
            front += [(child, depth - 1) for child in inner if depth]
        return False

    def _hashing(self, callee: At) -> bool:
        """Whether a function hashes by its name, or is a small one of the project that does nothing else."""
        if _HASHES.search(self.origins.name_of(callee)):
            return True
        for fn in (s for s in self.sayings.symbols.resolve(callee) if isinstance(s, Fn)):
            inner = [one for _, call, _ in self.program.calls(fn) for one in self._names_of(fn.at(call.callee))]
            if len(self.program.function(fn).steps) <= _SMALL and any(map(_HASHES.search, inner)):
                return True
        return False

    def _names_of(self, callee: At) -> tuple[str, ...]:
        paths = (s.path for s in self.sayings.symbols.resolve(callee) if isinstance(s, External))
        return (self.origins.name_of(callee), *paths)

    def _people(self, fn: Fn, call: LogCall) -> Iterator[str]:
        written = self.sayings.at_line(fn, call.location.line)
        for one in (written, *self._bound(fn, written)):
            for argument in one.args if one else ():
                yield from self._told(fn.at(argument.value), argument.name, _DEPTH)

    def _bound(self, fn: Fn, written: ir.Call | None) -> Iterator[ir.Call]:
        """What gave the logger its fields on the way: ``log.bind(user=…).info(…)``, ``log.With("user", …).Info(…)``."""
        callee = self.program.value(fn.at(written.callee)) if written else None
        for _ in range(_DEPTH):
            held = self.program.value(self.program.bare(fn.at(callee.base))) if isinstance(callee, ir.Member) else None
            if not isinstance(held, ir.Call):
                return
            callee = self.program.value(fn.at(held.callee))
            if isinstance(callee, ir.Member) and callee.name in _BINDING:
                yield held

    def _told(self, at: At, key: str, depth: int) -> Iterator[str]:  # noqa: C901, PLR0912 - one case per kind of value
        """Identities in a value that goes into a record under ``key``, as they are."""
        value = self.program.value(at)
        if not depth:
            return
        match value:
            case ir.Record():
                for entry in value.entries:
                    yield from self._told(at.to(entry.value), entry.key, depth - 1)
            case ir.Text(parts=inner) | ir.Sequence(items=inner):
                for part in inner:
                    yield from self._told(at.to(part), "", depth - 1)
            case ir.Choice(options=inner):
                for option in inner:
                    yield from self._told(at.to(option), key, depth - 1)
            case ir.Operation(operator=operator, operands=inner) if operator in {"??", "||", "or", "+", "%"}:
                for operand in inner:
                    yield from self._told(at.to(operand), key, depth - 1)
            case ir.Call():
                yield from self._called(at, value, key, depth)
            case ir.Variable() if isinstance(held := self.program.value(at.to(value.value)), _MADE):
                texts = self._written(at.to(value.value), held) if isinstance(held, ir.Call) else ()
                for text in texts:
                    yield from self._told(text, "", depth - 1)
                if texts:
                    return
                if not isinstance(held, ir.Call) or self._hides(at.to(value.value), held):
                    yield from self._told(at.to(value.value), key, depth - 1)
                else:
                    yield from self._named(at, value.name, key)
            case ir.Variable() | ir.Name() | ir.Member() | ir.Item() | ir.Param():
                yield from self._named(at, self._name(at, value), key)
            case _:
                return

    def _written(self, at: At, call: ir.Call) -> tuple[At, ...]:
        """The texts that a function of the project puts together, if it gives back nothing else."""
        found: list[At] = []
        for fn in (s for s in self.sayings.symbols.resolve(at.to(call.callee)) if isinstance(s, Fn)):
            for step in self.program.function(fn).steps:
                if isinstance(step, ir.Return) and step.value >= 0:
                    if not isinstance(self.program.value(fn.at(step.value)), ir.Text):
                        return ()
                    found.append(fn.at(step.value))
        return tuple(found)

    def _name(self, at: At, value: ir.Value) -> str:
        if isinstance(value, ir.Item):
            key = self.program.value(at.to(value.key))
            return key.text if isinstance(key, ir.Literal) else ""
        return self.origins.name_of(at)

    def _hides(self, at: At, call: ir.Call) -> bool:
        return self._hashing(at.to(call.callee)) or self.origins.name_of(at.to(call.callee)) in _HARMLESS

    def _called(self, at: At, call: ir.Call, key: str, depth: int) -> Iterator[str]:
        if self._hides(at, call):
            return
        name = self.origins.name_of(at.to(call.callee))
        callee = self.program.value(at.to(call.callee))
        if name in _TAKES_TEXT or name in {"String", "Str", "Any", "F"}:
            for argument in call.args:
                yield from self._told(at.to(argument.value), key, depth - 1)
            if isinstance(callee, ir.Member):
                yield from self._told(at.to(callee.base), key, depth - 1)
        elif name == "get" and call.args:
            first = self.program.value(at.to(call.args[0].value))
            yield from self._named(at, first.text if isinstance(first, ir.Literal) else "", key)
        elif not (_FULL.search(_SNAKE.sub("_", name)) and self._of_things(at, call)):
            yield from self._named(at, name, key)

    def _of_things(self, at: At, call: ir.Call) -> bool:
        """Whether a call makes the name of something else than a person: ``oci.FullName(ref)``."""
        callee = self.program.value(at.to(call.callee))
        asked = [at.to(argument.value) for argument in call.args]
        asked += [at.to(callee.base)] if isinstance(callee, ir.Member) else []
        return any(not _THINGS.isdisjoint(words(self.origins.name_of(one))) for one in asked)

    def _named(self, at: At, name: str, key: str) -> Iterator[str]:
        value = self.program.value(at)
        base = self.origins.name_of(at.to(value.base)) if isinstance(value, ir.Member) else ""
        if base.lower() in _CONFIGURED or name.isupper():
            return
        if _FULL.search(_SNAKE.sub("_", name)) and not _THINGS.isdisjoint(words(base)):
            return
        for word in (name, key):
            if word and _PEOPLE.search(_SNAKE.sub("_", word)) and not _HASHES.search(f"{name} {key}"):
                yield word
                return

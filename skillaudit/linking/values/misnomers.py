"""Names that sound like a credential's and are not, by what stands beside them.

A Kubernetes object is named by its namespace and itself, also where the field with its name is called ``Secret``. The
token of an ACME challenge is published for everybody to fetch (RFC 8555, section 8.3).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.knowledge import vocabulary
from skillaudit.linking.names.program import At, Cls, Fn, Program
from skillaudit.linking.names.symbols import External, Instance, Symbols

_SPACES = {("namespace",), ("ns",), ("name", "space")}
_OWNED = {
    "client",
    "app",
    "shared",
    "signing",
    "webhook",
    "api",
    "consumer",
    "hmac",
    "jwt",
    "session",
    "cookie",
    "user",
}
"""Before ``secret``: it is one, whatever stands beside it."""

_ACME = re.compile(r"(?:^|[^a-z])acme|http-?01|dns-?01|letsencrypt|autocert", re.IGNORECASE)
_SERVED = "acme-challenge"
_AUTHORIZATION = {("key", "auth"), ("key", "authorization"), ("keyauth",), ("keyauthorization",)}
"""What stands beside an ACME challenge's token."""


@dataclass(slots=True)
class Misnomers:
    """Looks at the class, the parameters and the calls around a name; remembers each function."""

    program: Program
    symbols: Symbols
    _beside: dict[Fn, frozenset[tuple[str, str]]] = field(default_factory=dict)
    _challenges: dict[Fn, bool] = field(default_factory=dict)

    def variable(self, fn: Fn, name: str) -> bool:
        """Whether a variable or a parameter of this name holds no credential."""
        if _is_challenge(name):
            return self._answers_challenge(fn)
        return _is_object(name) and (("", name) in self._with_namespace(fn) or self._names(self._parameters(fn)))

    def member(self, at: At, base: At, name: str) -> bool:
        """The same of what is taken of the object at ``base``."""
        fn = Fn(at.module, at.function)
        if _is_challenge(name):
            foreign = any(isinstance(s, External) and _ACME.search(s.path) for s in self.symbols.resolve(base))
            return foreign or self._answers_challenge(fn) or any(_ACME.search(n) for n in self._classes(base))
        if not _is_object(name):
            return False
        held = [s.cls for s in self.symbols.resolve(base) if isinstance(s, Instance)]
        beside = (self._object(base), name) in self._with_namespace(fn)
        return beside or any(self._names(self._fields(cls)) for cls in held)

    def entry(self, name: str, others: Iterable[str]) -> bool:
        """The same of an entry of a record that has these keys."""
        keys = list(others)
        if _is_challenge(name):
            return any(vocabulary.words(key) in _AUTHORIZATION for key in keys)
        return _is_object(name) and self._names(keys)

    def _names(self, names: Iterable[str]) -> bool:
        """Whether a namespace is among them, and no other name of an object."""
        told = {vocabulary.words(name) for name in names}
        return bool(told & _SPACES) and ("name",) not in told

    def _fields(self, cls: Cls) -> Iterator[str]:
        return (attribute.name for part in self.symbols.same(cls) for attribute in self.program.klass(part).fields)

    def _classes(self, at: At) -> list[str]:
        return [self.program.klass(s.cls).name for s in self.symbols.resolve(at) if isinstance(s, Instance)]

    def _parameters(self, fn: Fn) -> list[str]:
        return [parameter.name for parameter in self.program.function(fn).params]

    # --- what stands beside a name in one function

    def _with_namespace(self, fn: Fn) -> frozenset[tuple[str, str]]:
        """The names, after what they are taken of, in one text, call or record with a namespace, and no third name."""
        if fn not in self._beside:
            found: set[tuple[str, str]] = set()
            for number, _ in enumerate(self.program.function(fn).values):
                named = [self._named(fn.at(part)) for part in self._together(fn, number)]
                if self._names(name for _, name in named):
                    found.update(named)
            self._beside[fn] = frozenset(found)
        return self._beside[fn]

    def _named(self, at: At) -> tuple[str, str]:
        value = self.program.value(at)
        return self._object(at.to(value.base)) if isinstance(value, ir.Member) else "", self.program.called(at)

    def _object(self, at: At) -> str:
        return self.program.called(at) or str(self.program.bare(at).value)

    def _together(self, fn: Fn, number: int) -> Iterable[int]:
        value = self.program.value(fn.at(number))
        match value:
            case ir.Text(parts=parts):
                return parts
            case ir.Operation(operator="+", operands=operands):
                return operands
            case ir.Call(args=args):
                callee = self.program.value(fn.at(value.callee))
                base = self.program.value(fn.at(callee.base)) if isinstance(callee, ir.Member) else None
                asked = base.args if isinstance(base, ir.Call) else ()  # Secrets(namespace).Get(ctx, secret)
                return [argument.value for argument in (*asked, *args)]
            case ir.Record(entries=entries):
                return [entry.value for entry in entries]
            case _:
                return ()

    def _answers_challenge(self, fn: Fn) -> bool:
        """Whether a function is about ACME's challenges: by its file, class, parameters, or the path that it serves."""
        if fn not in self._challenges:
            self._challenges[fn] = self._is_of_acme(fn)
        return self._challenges[fn]

    def _is_of_acme(self, fn: Fn) -> bool:
        function = self.program.function(fn)
        owner = self.symbols.owner(fn)
        named = (
            self.program.modules[fn.module].path,
            function.qualname,
            self.program.klass(owner).name if owner else "",
        )
        beside = any(vocabulary.words(name) in _AUTHORIZATION for name in self._parameters(fn))
        return beside or any(map(_ACME.search, named)) or any(_SERVED in text for text in self._texts(fn))

    def _texts(self, fn: Fn) -> Iterator[str]:
        """The constants that a function mentions, also by their names."""
        yield from (literal.text for _, literal in self.program.of_kind(fn, ir.Literal))
        for _, name in self.program.of_kind(fn, ir.Name):
            outer = self.program.lexical(fn, name.name)
            held = self.program.value(self.program.bare(outer)) if outer else None
            if isinstance(held, ir.Literal):
                yield held.text


def _is_object(name: str) -> bool:
    """Whether a name is that of a secret, and not a secret's own by the word before it."""
    parts = vocabulary.words(name)
    return parts[-1:] == ("secret",) and _OWNED.isdisjoint(parts)


def _is_challenge(name: str) -> bool:
    return vocabulary.words(name) in {("token",), ("challenge", "token"), ("acme", "token")}

"""Which HTTP requests are answered with tokens: what they are sent to, and what they ask for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from skillaudit import ir
from skillaudit.linking.calls.gates import children
from skillaudit.linking.knowledge import sources, vocabulary
from skillaudit.linking.names.program import At, Program
from skillaudit.linking.names.symbols import Data, External, Symbols
from skillaudit.linking.values.hints import Hints

_PATHS = re.compile(r"(?:^|/)(?:oauth2?/)?(?:access_?)?tokens?/?(?:\?|$)|/oauth2?/|/token/", re.IGNORECASE)
_PLACES = {"url", "uri", "endpoint", "urls"}
_GRANT = "grant_type"
_STEPS = 12
_DEPTH = 4


@dataclass(slots=True)
class Endpoints:
    """Follows a response back to its request."""

    program: Program
    symbols: Symbols
    hints: Hints

    def gives_tokens(self, at: At) -> bool:
        """Whether the response that the value is a part of comes from a token endpoint."""
        request = self._request(at)
        if request is None:
            return False
        place, call = request
        return any(self._asks(place.to(argument.value), _DEPTH) for argument in call.args)

    def _request(self, at: At) -> tuple[At, ir.Call] | None:
        for _ in range(_STEPS):
            value = self.program.value(at)
            match value:
                case ir.Variable():
                    at = at.to(value.value)
                case ir.Member() | ir.Item():
                    at = at.to(value.base)
                case ir.Choice():
                    at = at.to(value.options[0])
                case ir.Call():
                    if any(isinstance(s, External) and sources.response(s.path) for s in self.symbols.resolve(at)):
                        return at, value
                    at = at.to(value.callee)
                case _:
                    return None
        return None

    def _asks(self, at: At, depth: int) -> bool:
        """Whether an argument names a token endpoint, or is the body of a request for a token."""
        value = self.program.value(at)
        if isinstance(value, ir.Literal):
            return value.text == _GRANT or bool(_PATHS.search(value.text))
        if isinstance(value, ir.Record) and any(entry.key == _GRANT for entry in value.entries):
            return True
        return self._is_named(at) or any(self._asks(inner, depth - 1) for inner in self._inside(at) if depth)

    def _inside(self, at: At) -> Iterator[At]:
        value = self.program.value(at)
        if isinstance(value, ir.Variable):
            yield at.to(value.value)
        elif isinstance(value, ir.Text | ir.Record | ir.Sequence | ir.Operation | ir.Call):
            yield from (at.to(child) for child in children(value))
        else:
            yield from (symbol.at for symbol in self.symbols.resolve(at) if isinstance(symbol, Data))

    def _is_named(self, at: At) -> bool:
        words = vocabulary.words(self.hints.name_of(at))
        return bool(words) and words[-1] in _PLACES and not {"token", "tokens", "oauth"}.isdisjoint(words[:-1])

"""Errors that HTTP clients of scripts hand to the project: interceptors of axios, hooks of got and ky, ``.catch``.

They hold the answer that was refused, axios' the request as well, with the headers that it was sent with.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from skillaudit import ir
from skillaudit.facts import Nature
from skillaudit.linking.knowledge import sources
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import External, Formal, Symbols
from skillaudit.linking.values.origin import ANY, Path

_TYPES = re.compile(r"^(?:axios|got|ky)(?:\.default)?\.(?:AxiosError|HTTPError|RequestError)\(\)$")
_CLIENTS = re.compile(r"^(?:axios|got|ky|superagent|needle)\b")
_AXIOS_KEEPS = {"config", "request"}


@dataclass(slots=True)
class ClientErrors:
    """Knows which parameters are such errors; every call of the program is read once."""

    program: Program
    symbols: Symbols
    _heard: dict[Fn, str] | None = None

    def part(self, formal: Formal, path: Path) -> tuple[Nature, Path] | None:
        """What is taken of a parameter that is a client's error, and its names: an answer, a request's headers."""
        if not path or path[0] not in {"response", *_AXIOS_KEEPS} or not self.program.is_script(formal.fn.module):
            return None
        client = self._client(formal)
        if client and path[0] == "response" and len(path) > 1 and (nature := sources.response_part(path[1])):
            return (Nature.RESPONSE if nature is Nature.UPSTREAM else nature), path[1:2]
        whole = path[1:] in {(), (ANY,), ("headers",)}
        if client == "axios" and path[0] in _AXIOS_KEEPS and whole:
            return Nature.HEADERS, ("headers",)
        return None

    def _client(self, formal: Formal) -> str:
        """The library whose error a parameter is; empty where it is none."""
        for symbol in self.symbols.resolve_formal(formal):
            if isinstance(symbol, External) and _TYPES.match(symbol.path):
                return symbol.path.partition(".")[0]
        if formal.position:
            return ""
        if self._heard is None:
            self._heard = dict(self._read())
        return self._heard.get(formal.fn, "")

    def _read(self) -> Iterator[tuple[Fn, str]]:
        """The functions that clients call with an error, each with the library."""
        for fn in self.program.functions():
            for _, call, _ in self.program.calls(fn) if self.program.is_script(fn.module) else ():
                callee = self.program.value(fn.at(call.callee))
                if not isinstance(callee, ir.Member):
                    continue
                if callee.name == "use" and len(call.args) > 1 and self._intercepts(fn.at(callee.base)):
                    yield from ((one, "axios") for one in self._functions(fn.at(call.args[1].value)))
                elif callee.name == "catch" and call.args and (client := self._sends(fn.at(callee.base))):
                    yield from ((one, client) for one in self._functions(fn.at(call.args[0].value)))
            for _, record in self.program.of_kind(fn, ir.Record) if self.program.is_script(fn.module) else ():
                hooks = [fn.at(entry.value) for entry in record.entries if entry.key == "beforeError"]
                yield from ((one, "got") for held in hooks for one in self._listed(held))

    def _intercepts(self, at: At) -> bool:
        """``client.interceptors.response``."""
        value = self.program.value(at)
        return isinstance(value, ir.Member) and self.program.called(at.to(value.base)) == "interceptors"

    def _sends(self, at: At) -> str:
        """The client that a value is the pending answer of."""
        paths = (s.path for s in self.symbols.resolve(at) if isinstance(s, External))
        return next((match[0] for path in paths if (match := _CLIENTS.match(path))), "")

    def _listed(self, at: At) -> Iterator[Fn]:
        value = self.program.value(self.program.bare(at))
        for item in value.items if isinstance(value, ir.Sequence) else ():
            yield from self._functions(self.program.bare(at).to(item))

    def _functions(self, at: At) -> Iterator[Fn]:
        return (symbol for symbol in self.symbols.resolve(at) if isinstance(symbol, Fn))

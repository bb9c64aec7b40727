"""What is called a configuration, in packages whose configurations hold credentials."""

from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking import vocabulary
from skillaudit.linking.hints import Hints
from skillaudit.linking.program import At, Fn, Program
from skillaudit.linking.symbols import Data, External, Instance, Symbols

_WORDS = {"config", "configs", "configuration", "settings", "cfg", "conf"}
_OF_LOGS = {"log", "logging", "logger"}
_READING = {"load", "get", "read", "fetch", "parse"}
_PARSERS = {"json.load", "json.loads", "yaml.safe_load", "yaml.load", "toml.load", "tomllib.load", "JSON.parse"}
_GETTERS = {"get", "Get", "GetString", "pop"}


@dataclass(slots=True)
class Configs:
    """Judges by names, and only where the code itself takes a credential out of what it calls a configuration."""

    program: Program
    symbols: Symbols
    hints: Hints
    _holding: set[str] | None = None
    _asked: dict[At, bool] = field(default_factory=dict)

    def is_whole(self, at: At, name: str) -> bool:
        """Whether a value of this name, of which nothing else is known, is a configuration with credentials."""
        words = vocabulary.words(name)
        if not words or words[-1] not in _WORDS or words[0] in _OF_LOGS or name.isupper():
            return False
        if self.program.package_path(at.module) not in self._packages():
            return False
        if at not in self._asked:
            self._asked[at] = self._is_open(at)
        return self._asked[at]

    def _is_open(self, at: At) -> bool:
        """Whether the value is what a function gave back that reads configurations, and no class says what that is."""
        value = self.program.value(at)
        if isinstance(value, ir.Variable):
            return self._is_open(at.to(value.value))
        if not isinstance(value, ir.Call) or any(isinstance(s, Instance | Data) for s in self.symbols.resolve(at)):
            return False
        called = vocabulary.words(self.hints.name_of(at.to(value.callee)))
        reads = bool(called) and called[0] in _READING and not _WORDS.isdisjoint(called)
        paths = {s.path for s in self.symbols.resolve(at.to(value.callee)) if isinstance(s, External)}
        return reads or bool(paths & _PARSERS)

    def _packages(self) -> set[str]:
        if self._holding is None:
            self._holding = set()
            for fn in self.program.functions():
                package = self.program.package_path(fn.module)
                if package not in self._holding and self._reads(fn):
                    self._holding.add(package)
        return self._holding

    def _reads(self, fn: Fn) -> bool:
        """Whether a function takes a credential out of a configuration."""
        if not self.program.surface(fn.module).counts:
            return False
        return any(self._takes(fn, value) for value in self.program.function(fn).values)

    def _takes(self, fn: Fn, value: ir.Value) -> bool:
        match value:
            case ir.Item(base=base, key=key):
                named = self.program.value(fn.at(key))
                text = named.text if isinstance(named, ir.Literal) and named.kind == "str" else ""
            case ir.Member(base=base, name=text):
                pass
            case ir.Call(callee=callee, args=(first, *_)):
                method = self.program.value(fn.at(callee))
                named = self.program.value(fn.at(first.value))
                if (
                    not isinstance(method, ir.Member)
                    or method.name not in _GETTERS
                    or not isinstance(named, ir.Literal)
                ):
                    return False
                base, text = method.base, named.text
            case _:
                return False
        if not text or not vocabulary.names_credential(text):
            return False
        words = vocabulary.words(self.hints.name_of(fn.at(base)))
        return bool(words) and words[-1] in _WORDS

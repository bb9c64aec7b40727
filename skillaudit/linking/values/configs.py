"""What is called a configuration, in packages whose configurations hold credentials."""

from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.knowledge import vocabulary
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import Data, External, Instance, Symbol, Symbols
from skillaudit.linking.values.hints import Hints
from skillaudit.linking.values.origin import ANY

_WORDS = {"config", "configs", "configuration", "settings", "cfg", "conf"}
_OF_LOGS = {"log", "logging", "logger"}
_READING = {"load", "get", "read", "fetch", "parse"}
_PARSERS = {"json.load", "json.loads", "yaml.safe_load", "yaml.load", "toml.load", "tomllib.load", "JSON.parse"}
_GETTERS = {"get", "Get", "GetString", "pop"}
_SERVERS = {"servers", "mcpservers"}
_HIDDEN = {"masked", "redacted", "sanitized", "safe", "filtered", "public", "scrubbed", "schema", "default"}


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
        if not _HIDDEN.isdisjoint(words) or self.program.package_path(at.module) not in self._packages():
            return False
        if at not in self._asked:
            self._asked[at] = self._is_open(at)
        return self._asked[at]

    def is_part(self, path: tuple[str, ...]) -> bool:
        """Whether what is taken of a configuration is an MCP server's entry, or all of them: they hold its keys."""
        named = [name for name in path if name != ANY and not name.isdecimal()]
        return bool(named) and _is_servers(named[-1])

    def _is_open(self, at: At) -> bool:
        """Whether the value is what a function gave back that reads configurations, and no class says what that is."""
        value = self.program.value(at)
        match value:
            case ir.Variable(value=inner):
                return self._is_open(at.to(inner))
            case ir.Choice(options=options):
                return all(self._is_open(at.to(option)) for option in options)
            case ir.Item(base=base, key=key):
                named = self.program.value(at.to(key))
                text = named.text if isinstance(named, ir.Literal) else ""
                return _is_servers(text) or (text.isdecimal() and self._is_open(at.to(base)))
            case ir.Call() if not any(self._says(symbol) for symbol in self.symbols.resolve(at)):
                return self._gives(at, value)
            case _:
                return False

    def _says(self, symbol: Symbol) -> bool:
        """Whether a class, or a record with entries, says what the value holds."""
        if not isinstance(symbol, Data):
            return isinstance(symbol, Instance)
        held = self.program.value(symbol.at)
        if isinstance(held, ir.Literal):
            return held.kind != "null"
        return not isinstance(held, ir.Sequence) and not (isinstance(held, ir.Record) and not held.entries)

    def _gives(self, at: At, call: ir.Call) -> bool:
        name = self.hints.name_of(at.to(call.callee))
        first = self.program.value(at.to(call.args[0].value)) if call.args else None
        if name in _GETTERS and isinstance(first, ir.Literal):
            return _is_servers(first.text)
        called = vocabulary.words(name)
        reads = bool(called) and called[0] in _READING and not _WORDS.isdisjoint(called)
        paths = {s.path for s in self.symbols.resolve(at.to(call.callee)) if isinstance(s, External)}
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


def _is_servers(name: str) -> bool:
    """Whether a key holds the entries of MCP servers: ``mcpServers``, ``mcp_config``, ``mcp_servers``."""
    words = vocabulary.words(name)
    return len(words) > 1 and words[0] == "mcp" and words[-1] in _WORDS | _SERVERS

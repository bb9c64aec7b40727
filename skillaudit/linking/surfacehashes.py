"""Places where a hash of the tools that the server lists is stored or recorded."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.guards import SurfaceHash
from skillaudit.linking.coverage import Coverage
from skillaudit.linking.expanded import Expansions
from skillaudit.linking.program import Fn
from skillaudit.linking.symbols import External
from skillaudit.linking.toolbox import Toolbox

_HASHES = re.compile(
    r"^(?:hashlib\.\w+|(?:node:)?crypto\.(?:createHash|hash|subtle\.digest)|crypto/(?:sha\d+|md5)\.(?:Sum\w*|New\w*)|hash/(?:fnv|maphash)\.\w+|Bun\.hash|"
    r"xxhash\.\w+|blake3\.\w+|object-hash|ohash\.hash|globalThis\.crypto\.subtle\.digest)"
)
_HOOKS = re.compile(r"^(?:_?list_?tools\w*|ListTools|main|init|on_list_tools)$", re.IGNORECASE)
_LISTS = {"tools", "toolset", "toolsets"}
_LISTED = {"list", "definitions", "schemas", "surface", "manifest", "registry"}
_REFUSED = {"args", "arguments", "cache"}


@dataclass(slots=True)
class SurfaceHashes:
    """Finds calls that hash a list of tools."""

    box: Toolbox
    coverage: Coverage
    expansions: Expansions
    _hashing: dict[Fn, bool] = field(default_factory=dict)

    def all(self) -> Iterator[SurfaceHash]:
        """Every such place in production code that something calls."""
        program = self.box.program
        for fn in program.functions():
            if not program.surface(fn.module).counts or not self._runs(fn) or not self._kept(fn):
                continue
            for value, call, _ in program.calls(fn):
                if self._hashes(fn, value, call) and self._of_tools(fn, call):
                    location = program.location(fn.module, call.line)
                    yield SurfaceHash(location, program.surface(fn.module), program.package_path(fn.module), "tools")
                    break

    def _runs(self, fn: Fn) -> bool:
        """Whether production code, or the library that lists the tools, calls the function."""
        if not fn.number or _HOOKS.match(self.box.program.function(fn).name):
            return True
        return any(self.box.program.surface(edge.caller.module).counts for edge in self.box.calls.into.get(fn, ()))

    def _hashes(self, fn: Fn, value: int, call: ir.Call) -> bool:
        """Whether a call hashes what it is given, by itself or in the project's helper."""
        if self._foreign(fn, call):
            return True
        callee = self.box.program.value(fn.at(call.callee))
        inner = self.box.program.value(fn.at(callee.base)) if isinstance(callee, ir.Member) else None
        if isinstance(inner, ir.Call) and self._foreign(fn, inner):
            return True
        return any(self._helper(e.target) for e in self.box.calls.out.get(fn, ()) if e.value == value and not e.handed)

    def _foreign(self, fn: Fn, call: ir.Call) -> bool:
        symbols = self.box.symbols.resolve(fn.at(call.callee))
        return any(isinstance(s, External) and _HASHES.match(s.path) for s in symbols)

    def _helper(self, fn: Fn) -> bool:
        if fn not in self._hashing:
            self._hashing[fn] = False
            self._hashing[fn] = any(self._foreign(fn, call) for _, call, _ in self.box.program.calls(fn))
        return self._hashing[fn]

    def _of_tools(self, fn: Fn, call: ir.Call) -> bool:
        said = {word for a in call.args for word in self.expansions.of(fn.at(a.value)).words}
        return (bool(_LISTS & said) or ("tool" in said and bool(_LISTED & said))) and not _REFUSED & said

    def _kept(self, fn: Fn) -> bool:
        """Whether the function records or stores something, or gives the hash to one that does."""
        if self._keeps(fn):
            return True
        callers = {edge.caller for edge in self.box.calls.into.get(fn, ())}
        return any(self._keeps(caller) for caller in callers)

    def _keeps(self, fn: Fn) -> bool:
        stores = any(isinstance(step, ir.Store) for step in self.box.program.function(fn).steps)
        return stores or bool(self.coverage.written.get(fn, ()))

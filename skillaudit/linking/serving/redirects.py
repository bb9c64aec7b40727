"""Where a program turns its standard output away: ``console.log = console.error``, ``sys.stdout = sys.stderr``."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import External
from skillaudit.linking.registrations.toolbox import Toolbox

_WHOLE = {
    ("process.stdout", "write"),
    ("sys", "stdout"),
    ("os", "Stdout"),
    ("globalThis", "console"),
    ("global", "console"),
}
_SCOPED = {"contextlib.redirect_stdout()", "redirect_stdout()"}
_ALL = "*"
_DEPTH = 8


class Redirect(msgspec.Struct, frozen=True):
    """From this line on ``streams`` (names of ``console`` methods, ``print``, or ``*`` for all) go elsewhere."""

    fn: Fn
    line: int
    stream: str

    def covers(self, stream: str) -> bool:
        """Whether it turns the stream away."""
        return self.stream in {_ALL, stream}


@dataclass(slots=True)
class Redirects:
    """Finds them all once, and answers for single writes."""

    box: Toolbox
    all: list[Redirect] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Look at every assignment to a member of something foreign."""
        program = self.box.program
        for fn in program.functions():
            if program.surface(fn.module).counts:
                for step in program.function(fn).steps:
                    if isinstance(step, ir.Store):
                        self.all += (Redirect(fn, step.line, stream) for stream in self._turned(fn, step))

    def _turned(self, fn: Fn, store: ir.Store) -> Iterator[str]:
        bases = {s.path for s in self.box.symbols.resolve(fn.at(store.base)) if isinstance(s, External)}
        for base in bases:
            if (base, store.name) in _WHOLE or (base == "builtins" and store.name == "print"):
                if not self._restores(fn, store, f"{base}.{store.name}"):
                    yield "print" if base == "builtins" else _ALL
            elif base in {"console", "globalThis.console", "global.console"}:
                name = store.name or self._named(fn, store)
                if not self._restores(fn, store, f"{base}.{name}"):
                    yield f"console.{name}" if name else _ALL

    def _named(self, fn: Fn, store: ir.Store) -> str:
        key = self.box.program.value(fn.at(store.key)) if store.key >= 0 else None
        return key.text if isinstance(key, ir.Literal) else ""

    def _restores(self, fn: Fn, store: ir.Store, path: str) -> bool:
        """Whether the stream gets its own writer back, or that of another stdout stream."""
        paths = {
            s.path.removeprefix("globalThis.")
            for s in self.box.symbols.resolve(fn.at(store.value))
            if isinstance(s, External)
        }
        same = {path.removeprefix("globalThis."), "sys.__stdout__", "os.Stdout", "process.stdout.write"}
        return bool(paths) and all(p.removesuffix(".bind") in same for p in paths)

    # --- single writes

    def scoped(self, fn: Fn, block: ir.Block) -> bool:
        """Whether a block is ``with redirect_stdout(…)``."""
        if block.kind != "with" or block.test < 0:
            return False
        return any(isinstance(s, External) and s.path in _SCOPED for s in self.box.symbols.resolve(fn.at(block.test)))

    def stream(self, fn: Fn, call: ir.Call) -> str:
        """``console.log``, ``print``, …: what a write is called in the end."""
        paths = [s.path for s in self.box.symbols.resolve(fn.at(call.callee)) if isinstance(s, External)]
        return next((p.removeprefix("globalThis.") for p in paths), "")

    def elsewhere(self, fn: Fn, call: ir.Call) -> bool:
        """Whether the object written to was made for another stream: ``Console(stderr=True)``."""
        callee = self.box.program.value(fn.at(call.callee))
        made = self._made(fn.at(callee.base), _DEPTH) if isinstance(callee, ir.Member) else None
        if made is None:
            return False
        at, construction = made
        for argument in construction.args:
            value = self.box.program.value(at.to(argument.value))
            if argument.name == "stderr":
                return isinstance(value, ir.Literal) and value.text.lower() == "true"
            if argument.name == "file":
                paths = [s.path for s in self.box.symbols.resolve(at.to(argument.value)) if isinstance(s, External)]
                return "sys.stdout" not in paths
        return False

    def _made(self, at: At, depth: int) -> tuple[At, ir.Call] | None:
        value = self.box.program.value(at)
        match value:
            case ir.Call():
                return at, value
            case ir.Variable() if depth:
                return self._made(at.to(value.value), depth - 1)
            case ir.Name() if depth:
                outer = self.box.program.lexical(Fn(at.module, at.function), value.name)
                return self._made(outer, depth - 1) if outer else None
            case ir.Import() if depth:
                target = self.box.program.imported(at.module, value.module, value.symbol)
                return self._made(target, depth - 1) if isinstance(target, At) else None
            case ir.Member() if depth and isinstance(self.box.program.value(at.to(value.base)), ir.Receiver):
                owner = self.box.symbols.owner(Fn(at.module, at.function))
                stored = self.box.symbols.stores(owner).get(value.name, []) if owner else []
                return self._made(stored[0], depth - 1) if stored else None
            case _:
                return None

"""Code that only what nobody serves would run: a middleware of an application that is built and thrown away."""

from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.calls.gates import Gates
from skillaudit.linking.calls.graph import Edge
from skillaudit.linking.names.program import Cls, Fn
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.linking.serving.mounted import Mounted
from skillaudit.linking.serving.unasked import Unasked
from skillaudit.linking.serving.wiring import Wiring


def unserved(box: Toolbox, gates: Gates, wiring: Wiring) -> "Unserved":
    """Answers from what code is wired."""
    return Unserved(box, wiring, Mounted(box, Unasked(box, gates)))


@dataclass(slots=True)
class Unserved:
    """Answers for one function at a time, and remembers; ``wiring`` says what runs at all."""

    box: Toolbox
    wiring: Wiring
    mounted: Mounted
    _known: dict[Fn, bool] = field(default_factory=dict)
    _classes: dict[Cls, list[tuple[Fn, int, int]]] | None = None
    _naming: dict[Fn, dict[Fn, list[int]]] = field(default_factory=dict)

    def serves(self, fn: Fn) -> bool:
        """Whether production code runs a function, and not only in what is built and then dropped."""
        if fn not in self._known:
            self._known[fn] = self.wiring.live(fn) and not self._dropped(fn)
        return self._known[fn]

    def runs(self, fn: Fn, block: int, line: int) -> bool:
        """Whether a step of a function is ever reached, by what its constants say."""
        return self.mounted.runs(fn, block, line)

    def _dropped(self, fn: Fn) -> bool:
        seen, front, dropped = {fn}, [fn], False
        while front:
            current = front.pop()
            users, idle = self._users(current)
            known = bool(users) or idle  # who a framework's handler is handed to is in sight
            if self.wiring.enters(current) and not (known and current in self.box.served):
                return False
            dropped = dropped or idle
            front += [one for one in users if one not in seen]
            seen.update(users)
        return dropped

    def _users(self, fn: Fn) -> tuple[list[Fn], bool]:
        """Who runs a function, and whether somebody only seems to."""
        found: list[Fn] = []
        idle = False
        sites = [*self._handed(fn), *self._named(fn)]
        function = self.box.program.function(fn)
        if function.parent > 0:
            maker = Fn(fn.module, function.parent)
            sites += self._made(fn, maker) or ([] if sites else [(maker, True)])
        owner = self.box.symbols.owner(fn) if function.owner >= 0 else None
        if owner is not None and not sites:
            sites = self._constructed(owner)
        for user, used in sites:
            found += [user] if used else []
            idle = idle or not used
        return found, idle

    def _handed(self, fn: Fn) -> list[tuple[Fn, bool]]:
        edges = [edge for edge in self.box.calls.into.get(fn, ()) if self.wiring.counts(edge.caller)]
        return [(edge.caller, not edge.handed or self._matters(edge)) for edge in edges]

    def _matters(self, edge: Edge) -> bool:
        return self.mounted.handed(edge.caller, edge.value, -1)

    def _named(self, fn: Fn) -> list[tuple[Fn, bool]]:
        """Where a function stands in a list or record, is stored or given back."""
        users = [one for one in self.wiring.users(fn) if one != fn]
        called = {edge.caller for edge in self.box.calls.into.get(fn, ())}
        return [(one, self._mentions(one, fn)) for one in users if one not in called]

    def _mentions(self, user: Fn, fn: Fn) -> bool:
        if user not in self._naming:
            named = (ir.Name, ir.Member, ir.Variable, ir.Import)
            found: dict[Fn, list[int]] = {}
            for number, value in enumerate(self.box.program.function(user).values):
                for symbol in self.box.symbols.resolve(user.at(number)) if isinstance(value, named) else ():
                    if isinstance(symbol, Fn):
                        found.setdefault(symbol, []).append(number)
            self._naming[user] = found
        return any(self.mounted.used(user.at(number)) for number in self._naming[user].get(fn, ()))

    def _made(self, fn: Fn, maker: Fn) -> list[tuple[Fn, bool]]:
        """Who does something with a closure that a function gives back; nobody for any other."""
        program = self.box.program
        steps = [s for s in program.function(maker).steps if isinstance(s, ir.Return) and s.value >= 0]
        given = any(program.value(program.bare(maker.at(s.value))) == ir.Closure(fn.number) for s in steps)
        edges = [edge for edge in self.box.calls.into.get(maker, ()) if self.wiring.counts(edge.caller)]
        if not given:
            return []
        if not edges or any(edge.handed for edge in edges) or program.function(maker).decorators:
            return [(maker, True)]
        return [(edge.caller, self.mounted.used(edge.caller.at(edge.value))) for edge in edges]

    def _constructed(self, cls: Cls) -> list[tuple[Fn, bool]]:
        """Who makes an object of a class, or hands the class on."""
        held = [one for klass in (cls, *self.box.symbols.heirs(cls)) for one in self._sites().get(klass, ())]
        return [
            (fn, self.mounted.used(fn.at(call)) if given < 0 else self.mounted.handed(fn, call, given))
            for fn, call, given in held
        ] or [(Fn(cls.module, 0), True)]

    def _sites(self) -> dict[Cls, list[tuple[Fn, int, int]]]:
        """By class the calls that make objects of it (-1), or are given it, by the number of the value."""
        if self._classes is None:
            found: dict[Cls, list[tuple[Fn, int, int]]] = {}
            for cls, made in self.box.calls.made.items():
                found[cls] = [(fn, number, -1) for fn, number in made if self.wiring.counts(fn)]
            for fn in filter(self.wiring.counts, self.box.program.functions()):
                for number, call, _ in self.box.program.calls(fn):
                    for argument in call.args:
                        for symbol in self.box.symbols.resolve(fn.at(argument.value)):
                            if isinstance(symbol, Cls):
                                found.setdefault(symbol, []).append((fn, number, argument.value))
            self._classes = found
        return self._classes

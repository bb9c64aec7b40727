"""File accesses that only repeat another one: the directory made for a file, the file read that was just written."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from skillaudit import ir
from skillaudit.codeflows import Danger
from skillaudit.linking.flows.dangers import Sink
from skillaudit.linking.names.program import Fn, Program

_MAKING = re.compile(r"^(?:mk_?dirs?|makedirs|ensure_?dir|mkdirp|mkdirall|mkpath)(?:sync)?$", re.IGNORECASE)
_MODE = re.compile(r"^[rwaxbt+]{1,4}$")
_STRAIGHT = {"with", "try"}


class Access(NamedTuple):
    """A call that takes a caller's path: ``value`` is whose path, ``rank`` what its checks are worth."""

    sink: Sink
    value: tuple[object, ...]
    rank: int


class Echoes(msgspec.Struct, frozen=True):
    """Compares the accesses of one function."""

    program: Program

    def among(self, accesses: Sequence[Access]) -> dict[tuple[Fn, int], tuple[Fn, int]]:
        """The calls that repeat another one of the same function with the same caller's value, and which one."""
        held: dict[tuple[Fn, tuple[object, ...]], list[Access]] = {}
        for access in accesses:
            if access.sink.danger is Danger.PATH:
                held.setdefault((access.sink.fn, access.value), []).append(access)
        return {
            (one.sink.fn, one.sink.call): (other.sink.fn, other.sink.call)
            for group in held.values()
            for one in group
            for other in reversed(group)
            if other.sink.call != one.sink.call and self._repeats(one, other, group)
        }

    def _repeats(self, one: Access, other: Access, group: Sequence[Access]) -> bool:
        if other.sink.operation != "write" or other.rank > one.rank or self._makes(other):
            return False
        if self._makes(one):
            return one.sink.call < other.sink.call
        place = self.program.bare(one.sink.value)
        reads = [a.sink.call for a in group if a.sink.operation == "read" and self.program.bare(a.sink.value) == place]
        own = place == self.program.bare(other.sink.value) and min(reads, default=-1) > other.sink.call
        return one.sink.operation == "read" and own and self._anew(other) and self._before(other, one)

    def _makes(self, access: Access) -> bool:
        return bool(_MAKING.match(access.sink.name.rpartition(".")[2]))

    def _anew(self, access: Access) -> bool:
        """Whether a file is written from its beginning, so that nothing of what was there is left."""
        call = self.program.value(access.sink.fn.at(access.sink.call))
        given = call.args if isinstance(call, ir.Call) else ()
        texts = [self.program.value(access.sink.fn.at(argument.value)) for argument in given]
        modes = [v.text for v in texts if isinstance(v, ir.Literal) and _MODE.match(v.text)]
        return "append" not in access.sink.name.lower() and not any("a" in mode or "+" in mode for mode in modes)

    def _before(self, first: Access, then: Access) -> bool:
        """Whether one call was always made when the other one is."""
        blocks = self.program.function(first.sink.fn).blocks
        places = {number: block for number, _, block in self.program.calls(first.sink.fn)}
        outer, block = set[int](), places.get(then.sink.call, 0)
        while block >= 0:
            outer.add(block)
            block = blocks[block].parent
        block = places.get(first.sink.call, 0)
        while block not in outer and blocks[block].kind in _STRAIGHT:
            block = blocks[block].parent
        return block in outer and first.sink.call < then.sink.call

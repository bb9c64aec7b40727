"""A dangerous call and the value that says what it does; which arguments of a call are meant."""

from collections.abc import Iterable, Iterator

import msgspec

from skillaudit import ir
from skillaudit.codeflows import Danger
from skillaudit.linking.flows.taints import Taints
from skillaudit.linking.names.program import At, Fn
from skillaudit.model import Confidence


class Sink(msgspec.Struct, frozen=True):
    """A dangerous call and one value that decides what it does.

    ``word``: the value stands in a word of a command line; ``shell``: the text is given to a shell; ``within``: it is
    put behind a prefix that the client was made with; ``use`` is the function and the call at which the value is
    handed over, which for a list built by a caller is that caller's.
    """

    danger: Danger
    fn: Fn
    call: int
    value: At
    name: str
    operation: str = ""
    word: bool = False
    shell: bool = False
    within: bool = False
    use: tuple[Fn, int] | None = None
    confidence: Confidence = Confidence.HIGH


def chosen(taints: Taints, fn: Fn, call: ir.Call, places: Iterable[int | str]) -> Iterator[At]:
    """The arguments at some positions, or of some names; names are also looked up in records of options."""
    positional = [a.value for a in call.args if not a.name and not a.spread]
    names = {place for place in places if isinstance(place, str)}
    for place in places:
        if isinstance(place, int) and place < len(positional):
            at = fn.at(positional[place])
            held = taints.definition(at)
            if not (isinstance(held, ir.Record) and names):
                yield at
    for argument in call.args:
        if argument.name in names:
            yield fn.at(argument.value)
        held, where = taints.definition(fn.at(argument.value)), taints.defined(fn.at(argument.value))
        if isinstance(held, ir.Record) and not argument.name:
            yield from (where.to(entry.value) for entry in held.entries if entry.key in names)
            stores = taints.program.function(Fn(where.module, where.function)).steps if names else ()
            kept = [s for s in stores if isinstance(s, ir.Store) and s.base >= 0 and s.name in names]
            yield from (where.to(s.value) for s in kept if taints.program.bare(where.to(s.base)) == where)

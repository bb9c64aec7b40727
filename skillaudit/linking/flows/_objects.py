"""What checks inside objects say of the values that these were made with: ``Unit(name).valid()``."""

from collections.abc import Iterator

from skillaudit import ir
from skillaudit.linking.flows.taints import CHOSEN, Key, Taints, key_of
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import Formal, Instance
from skillaudit.linking.values.origin import Origin


def getters(taints: Taints, base: At, name: str) -> Iterator[Fn]:
    """The functions of the project that run where a member of an object is read."""
    for symbol in taints.symbols.resolve(base):
        if isinstance(symbol, Instance):
            yield from taints.symbols.getters(symbol.cls, name)


def kept(taints: Taints, caller: Fn, call: ir.Call, method: Fn, key: Key) -> set[Key]:
    """What the object of a method that is called was made with, where the call that makes it is in sight."""
    held, path = key
    if not isinstance(held, Formal):
        return {key}
    made = Origin(None, "", (), formal=held, path=path)
    found = taints.constructed.called_on(caller.at(0), call, method, (made,))
    return {key_of(o) for o in found if o.formal is not None or o.nature in CHOSEN}

"""What a member of an object of the project is given: entries of records, defaults of classes, stores."""

from collections.abc import Iterator

from skillaudit import ir
from skillaudit.linking.names.program import At, Program
from skillaudit.linking.names.symbols import Data, Instance, Namespace, Symbol, Symbols


def members(program: Program, symbols: Symbols, symbol: Symbol, key: str) -> Iterator[At]:
    """The values under a name."""
    match symbol:
        case Namespace(module=module):
            found = program.exported(module, key)
            if isinstance(found, At):
                yield found
        case Data(at=data):
            held = program.value(data)
            if isinstance(held, ir.Record):
                yield from (data.to(entry.value) for entry in held.entries if entry.key == key)
        case Instance(cls=cls):
            declared = program.klass(cls)
            for attribute in declared.fields:
                if attribute.name == key and attribute.value >= 0:
                    yield At(cls.module, declared.scope, attribute.value)
            yield from symbols.stores(cls).get(key, ())
        case _:
            return

"""The schemas that are applied to what a parameter holds before its function runs."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit.linking.knowledge.handedobjects import INPUT
from skillaudit.linking.names.program import Program
from skillaudit.linking.names.symbols import Formal, Symbols
from skillaudit.linking.values.origin import Path
from skillaudit.linking.values.roles import Roles
from skillaudit.linking.values.schemas import Shape, Shapes


@dataclass(slots=True)
class Applied:
    """Knows them by the registrations; ``described`` reads JSON Schema too, which only routes and Ajv apply."""

    program: Program
    symbols: Symbols
    roles: Roles
    built: Shapes = field(init=False)
    described: Shapes = field(init=False)

    def __post_init__(self) -> None:
        """Read schemas with the same knowledge."""
        self.built = Shapes(self.program, self.symbols)
        self.described = Shapes(self.program, self.symbols, json=True)

    def asked(self, formal: Formal, path: Path) -> Path:
        """What is taken of the input that a procedure's parameter holds; of another parameter the same."""
        return path[1:] if self.roles.brought(formal) == (INPUT,) else path

    def of(self, formal: Formal, path: Path) -> Iterator[Shape]:
        """What the schemas say of a part of a parameter."""
        asked = self.asked(formal, path)
        read = self.described if self.roles.serves(formal) else self.built
        for at in self.roles.schemas(formal) if asked or asked != path else ():
            yield read.of(at).at(asked)

"""What scripts store in object literals after they were made: ``api.run = (line) => …``."""

from collections.abc import Iterable
from dataclasses import dataclass

from skillaudit import ir
from skillaudit.linking.names.program import At, Program


@dataclass(slots=True)
class StoredLater:
    """Reads every store of the program once."""

    program: Program
    _held: dict[tuple[At, str], list[At]] | None = None

    def of(self, record: At, name: str) -> Iterable[At]:
        """What is stored under a name in the object that a literal makes."""
        if self._held is None:
            self._held = {}
            for fn in self.program.functions():
                for step in self.program.function(fn).steps if self.program.is_script(fn.module) else ():
                    if isinstance(step, ir.Store) and step.base >= 0 and step.name:
                        place = self.program.given(fn.at(step.base))
                        if isinstance(self.program.value(place), ir.Record):
                            self._held.setdefault((place, step.name), []).append(fn.at(step.value))
        return self._held.get((record, name), ())

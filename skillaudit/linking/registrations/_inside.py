"""Keys and values of records: what is written in them, what is spread into them, what classes put in elsewhere."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from skillaudit import ir
from skillaudit.linking.calls.filled import Filled
from skillaudit.linking.calls.lineage import Lineage
from skillaudit.linking.calls.scene import Held, Scene, Seen
from skillaudit.linking.names.program import At
from skillaudit.linking.registrations.answers import Answers

_DEPTH = 24


@dataclass(slots=True)
class Inside:
    """Answers for one record at a time; ``of`` and ``texts`` say what values are in a scene."""

    answers: Answers
    lineage: Lineage
    filled: Filled
    of: Callable[[At, Scene, int], Iterator[Seen]]
    texts: Callable[[At, Scene, int], Iterator[tuple[str, Scene]]]

    def entries(self, held: Held, scene: Scene, depth: int) -> Iterator[tuple[str, At, Scene]]:
        """Keys and values of a record or of what a namespace import holds, spread ones included."""
        program = self.answers.program
        if isinstance(held, At) and isinstance(program.value(held), ir.Import):
            yield from ((name, at, scene) for name, at in self.answers.namespace(held))
        at = self.answers.record_at(held)
        record = program.value(at) if at else None
        if at is None or not isinstance(record, ir.Record) or depth > _DEPTH:
            return
        for entry in record.entries:
            if not entry.spread:
                yield entry.key, at.to(entry.value), scene
                continue
            for inner, found in self.of(at.to(entry.value), scene, depth + 1):
                yield from self.entries(inner, found, depth + 1)
        yield from self.put(at, scene, depth)

    def put(self, at: At, scene: Scene, depth: int) -> Iterator[tuple[str, At, Scene]]:
        """Keys and values that definitions of classes put into a container: ``registry[cls.name] = cls``."""
        for put in self.filled.of(at):
            found = scene.having(self.lineage.root(put.cls), put.cls, self.answers.line(put.written))
            found = found.having(*put.site) if put.site else found
            key = next(self.texts(put.key, found, depth + 1), ("", found))[0] if put.key else ""
            yield key, put.written, found

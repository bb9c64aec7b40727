"""What calling a function of the project writes, and a call recognised as one that writes."""

import msgspec

from skillaudit.facts import Form
from skillaudit.linking.knowledge.logapis import LogApi
from skillaudit.linking.names.program import Fn
from skillaudit.linking.names.symbols import Formal
from skillaudit.linking.values.origin import Origin
from skillaudit.model import Confidence, Location


class Passed(msgspec.Struct, frozen=True):
    """A wrapper's parameter reaches the record in ``form``; ``path`` is what is taken of it, ``without`` left out."""

    index: int
    form: Form
    path: tuple[str, ...]
    partial: bool
    escaped: bool
    kept: int = 0
    without: frozenset[str] = frozenset()

    def of(self, fn: Fn) -> Origin:
        """The parameter of the wrapper, for a call to fill."""
        return Origin(None, "", (), formal=Formal(fn, self.index), path=self.path, without=self.without)


class Wrapper(msgspec.Struct, frozen=True):
    """What calling a function of the project writes.

    ``dynamic`` is the parameter that names the level, ``event`` the one that names the event; -1 where none does.
    """

    api: LogApi
    passed: tuple[Passed, ...]
    via: tuple[Location, ...]
    structured: bool
    gate: str
    dynamic: int = -1
    event: int = -1


class Hit(msgspec.Struct, frozen=True):
    """A call recognised as a log call, before its values are judged."""

    api: LogApi
    confidence: Confidence = Confidence.HIGH
    wrapper: Wrapper | None = None
    target: Fn | None = None

"""Which of many registrations one call makes is meant: the choices that hold a tool's name and handler together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from skillaudit.linking.program import At, Cls, Fn


class Key(NamedTuple):
    """A record's key as a text."""

    text: str


class Pair(NamedTuple):
    """One entry of a record that is looped over."""

    key: str
    value: At


Held: TypeAlias = At | Fn | Key | Pair
Chosen: TypeAlias = Held | Cls
Choice: TypeAlias = At | Fn | Cls
Choices: TypeAlias = frozenset[tuple[Choice, Chosen]]


@dataclass(frozen=True, slots=True)
class Scene:
    """Choices made so far: a function's call, a loop's element, a class hierarchy's class.

    ``place`` is the file's number and line of the last choice: there a reader finds this tool and no other.
    """

    choices: Mapping[Choice, Chosen] = field(default_factory=dict)
    place: tuple[int, int] | None = None

    def having(self, choice: Choice, chosen: Chosen, place: tuple[int, int] | None = None) -> "Scene":
        """The scene after one more choice."""
        return Scene({**self.choices, choice: chosen}, place or self.place)

    def key(self) -> Choices:
        """The same choices, wherever a reader finds them, are the same key."""
        return frozenset(self.choices.items())


NOWHERE = Scene()
Seen: TypeAlias = tuple[Held, Scene]

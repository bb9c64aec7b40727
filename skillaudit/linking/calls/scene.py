"""Which of many registrations one call makes is meant: the choices that hold a tool's name and handler together."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeAlias

import msgspec

from skillaudit.linking.names.program import At, Cls, Fn


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


class Scene(msgspec.Struct, frozen=True):
    """Choices made so far: a function's call, a loop's element, a class hierarchy's class.

    ``place`` is the file's number and line of the last choice: there a reader finds this tool and no other.
    """

    choices: Mapping[Choice, Chosen] = msgspec.field(default_factory=dict)
    place: tuple[int, int] | None = None

    def having(self, choice: Choice, chosen: Chosen, place: tuple[int, int] | None = None) -> "Scene":
        """The scene after one more choice."""
        return Scene({**self.choices, choice: chosen}, place or self.place)

    def key(self) -> Choices:
        """The same choices, wherever a reader finds them, are the same key."""
        return frozenset(self.choices.items())

    def outside(self, fn: Fn) -> Choices:
        """The choices that say which tool is meant: not those in what its function, or its element's, calls for it."""
        chosen = ((key, held) for key, held in self.choices.items() if isinstance(held, At))
        sites = {key: Fn(held.module, held.function) for key, held in chosen}
        meant: set[Choice] = {fn, *(place for key, place in sites.items() if isinstance(key, At))}
        called = set(meant)
        for _ in sites:
            called |= {key for key, place in sites.items() if place in called}
        return frozenset((key, held) for key, held in self.choices.items() if _function(key) not in called - meant)


def _function(choice: Choice) -> Choice:
    return Fn(choice.module, choice.function) if isinstance(choice, At) else choice


def fullest(named: Iterable[tuple[str, Scene]], fn: Fn) -> list[tuple[str, Scene]]:
    """One name for each tool that a function registers, the fullest where a name is put together in several ways."""
    found: dict[Choices, tuple[str, Scene]] = {}
    for name, scene in named:
        key = scene.outside(fn)
        if key not in found or len(name) > len(found[key][0]):
            found[key] = (name, scene)
    return list(found.values())


NOWHERE = Scene()
Seen: TypeAlias = tuple[Held, Scene]

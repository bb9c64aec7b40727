"""One thing that a value may hold, and how such answers are joined."""

from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from skillaudit.codeflows import Danger
from skillaudit.facts import ON_SOCKET, Nature, Step
from skillaudit.linking.knowledge import patterns, vocabulary
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import Formal
from skillaudit.linking.values.roles import Role

Path = tuple[str, ...]
"""Member names taken from a value, outermost first."""

LONGEST_PATH = 5
CUT = "…"
"""Stands at the end of a path for what lies deeper."""

ANY = "*"
"""Some element of a value, whichever."""

FOLDED = "~"
"""How a part of a path begins that is a name in small letters, however the key itself is written."""

BEGINNING = "^"
"""How a part of a path begins that stands for all names with what follows as their beginning."""

LIKE = "$like:"
"""How a name begins that stands for all in which the regular expression that follows finds something."""

CALLED = "()"
"""As a path: what a function gives back where it is called."""

KEY = "$key"
"""As a path: some key of a map, which is no value of it."""

UNNAMED = "an argument"
"""As a path: one element, whose name is not in sight."""

YIELDED = "$yielded"
"""As a path: the first of the values that a function yields each time."""

VARIABLE = "$variable"
"""As a path: the environment variable that the value names."""

TOLD = "$parameter:"
"""How a part of a path begins that a parameter names, whose number follows; that of a list of names ends with ``*``."""

PICKED = f"{TOLD}-1:-1:-1:"
"""One part of a value, whichever: what stands under a key that is looked up elsewhere."""

SECRET = {Nature.CREDENTIAL, Nature.SECRET_VARIABLE, Nature.ENVIRONMENT}
CHOSEN = {Nature.ARGUMENT, Nature.ARGUMENTS, Nature.REQUEST, Nature.BODY}
"""What the caller chooses."""

OBJECTS = {Nature.HEADERS, Nature.CONFIG, Nature.ENVIRONMENT}
"""What is an object as long as nobody wrote it as text."""

_MOST = 8
_WHOLE = 2
"""So many more that stand for arguments as a whole: those by position, and those by name."""

_PARTS = {
    Role.PART: (Nature.REQUEST, "params"), Role.BODY: (Nature.BODY, ""), Role.HEADER: (Nature.HEADERS, "headers"),
    Role.COOKIE: (Nature.HEADERS, "cookies"), Role.SECRET: (Nature.HEADERS, "cookies"),
}  # fmt: skip
"""Of what part of a request a handler's parameter is one, and how that part is called."""
_ARGUMENTS = {"params", "Params", "arguments", "Arguments", "GetArguments", "GetRawArguments"}
_COOKIES = {"COOKIES", "cookies", "Cookies", "cookie", "Cookie"}


class Shape(IntEnum):
    """What a value is as a whole: as it came, in Python's list or dictionary, made over, one line by its origin."""

    SAME = 0
    LISTED = 1
    MADE = 2
    LINE = 3


class Root(NamedTuple):
    """What a value entered a function by: a parameter, or a value that a library provides, and what is taken of it.

    What a framework keeps under one name for everybody (``flask.request.args``) is the same wherever it is read.
    """

    held: Formal | At | str
    path: Path


Constant = tuple[str, str]
"""A literal's kind and text; ``object`` is any object."""


class Need(NamedTuple):
    """What must hold where a step runs: a value is one of some constants (``sense``), or none of them.

    ``held`` is a parameter, or the call that gives the value back.
    """

    held: Formal | At
    path: Path
    among: frozenset[Constant]
    sense: bool


class Beside(NamedTuple):
    """A constant that a call gives back together with a value, as one part of what it gives."""

    call: At
    part: str
    constant: Constant


class Origin(msgspec.Struct, frozen=True):
    """One thing that a value may hold; ``nature`` is None for a parameter whose callers were not asked yet.

    ``kept`` is how many characters of a ``partial`` value are left, 0 where it is masked or the number is not known;
    ``without`` are the names under which a parameter's content does not arrive.
    ``chosen`` is the value that is one of several, of which this is one. ``each`` is the element of a loop through keys
    and values that this is the value of, with how many parts of the path lie inside it, ``under`` its key where it is
    known. ``shape`` says that it stands in a list or dictionary of Python's, or that a foreign function made it over.
    ``needs`` is what must hold of parameters for it to come here, ``beside`` what came with it.
    ``closed`` says that it was found to be one of what the project expects before it came here, ``bag`` that it went
    into a record of this name that takes whatever there is, ``foreign`` that it is a credential by the name of a
    field of what another system described, and not the server's own, ``rooted`` that it is a path which no ``..``
    leads out of the directory before it, ``harmless`` what it can do no harm to any more: a base name names no other
    directory, and may still hold a ``;``. ``put`` are the places, as function, block and line, where it was put into
    the container that it comes out of: what was checked there, is.
    """

    nature: Nature | None
    name: str
    trace: tuple[Step, ...]
    partial: bool = False
    certain: bool = True
    escaped: bool = False
    formal: Formal | None = None
    path: Path = ()
    kept: int = 0
    without: frozenset[str] = frozenset()
    root: Root | None = None
    chosen: Root | None = None
    each: tuple[At, int] | None = None
    under: str = ""
    shape: Shape = Shape.SAME
    needs: frozenset[Need] = frozenset()
    closed: bool = False
    bag: str = ""
    foreign: bool = False
    beside: frozenset[Beside] = frozenset()
    rooted: bool = False
    harmless: frozenset[Danger] = frozenset()
    put: frozenset[tuple[Fn, int, int]] = frozenset()

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two origins the same to a reader."""
        seen = (self.nature, self.name, self.partial, self.escaped, self.closed)
        held = (self.each, self.under, self.shape, self.rooted, self.harmless)
        return (*seen, self.formal, self.path, self.without, self.bag, self.foreign, *held)

    @property
    def written(self) -> bool:
        """Whether a text that it is put into shows no line break: Python quotes what containers hold."""
        return self.escaped or self.shape in {Shape.LISTED, Shape.LINE}


def told_by(formal: Formal, *, each: bool = False) -> str:
    """The mark of the name that a parameter holds, or of ``each`` that it lists."""
    return f"{TOLD}{formal.fn.module}:{formal.fn.number}:{formal.position}:{ANY if each else ''}"


def lists(part: str) -> bool:
    """Whether a part of a path stands for each of the names that a parameter lists."""
    return part.startswith(TOLD) and part.endswith(ANY)


def fits(part: str, key: str) -> bool:
    """Whether a part of a path asks for the entry under a key."""
    if part.startswith(BEGINNING):
        return key.startswith(part[1:])
    if part.startswith(LIKE):
        return patterns.finds(part.removeprefix(LIKE), key)
    return part in {key, ANY} or part.startswith(TOLD) or (part.startswith(FOLDED) and part[1:] == key.lower())


def distinct(origins: Iterable[Origin]) -> tuple[Origin, ...]:
    """At most a handful, one of each kind, the certain ones first, and those for whole arguments if there are any."""
    given = tuple(origins)
    if len(given) <= 1:
        return given
    held: dict[tuple[object, ...], Origin] = {}
    for origin in sorted(given, key=lambda o: (not o.certain, o.foreign, -o.kept, len(o.trace))):
        key = origin.key
        one = held.get(key)
        held[key] = _either(one, origin) if one else origin
    known = tuple(held.values())
    return (*known[:_MOST], *[origin for origin in known[_MOST:] if _is_whole(origin)][:_WHOLE])


def _either(one: Origin, other: Origin) -> Origin:
    """The first of two that are the same to a reader: it needs only what both do, and came with what both did."""
    if one.needs <= other.needs and one.beside <= other.beside and one.put <= other.put:
        return one
    return replace(one, needs=one.needs & other.needs, beside=one.beside & other.beside, put=one.put & other.put)


def _is_whole(origin: Origin) -> bool:
    """Whether it stands for arguments as a whole, or may once the callers are known."""
    every = origin.formal is not None and origin.path == (ANY,)
    return bool(origin.bag) or every or origin.nature is Nature.ARGUMENTS


def whichever(origins: Iterable[Origin]) -> Iterable[Origin]:
    """One part of what there is: one variable of the environment is most likely none that is secret."""
    return (origin for origin in origins if origin.nature is not Nature.ENVIRONMENT)


def joined(parts: Iterable[Iterable[Origin]]) -> Iterator[Origin]:
    """What a text holds that is put together: the beginning and the end of one secret show the sum of both."""
    held: dict[tuple[object, ...], Origin] = {}
    for part in parts:
        for origin in part:
            key = origin.key
            one = held.get(key)
            held[key] = replace(_either(one, origin), kept=one.kept + origin.kept) if one else origin
    yield from held.values()


def cut(origin: Origin, kept: int) -> Origin:
    """A piece of ``kept`` characters of what the origin stands for."""
    return replace(origin, partial=True, kept=min(kept, origin.kept) if origin.partial else kept)


def has_secret(origins: Iterable[Origin]) -> bool:
    """Whether one of them is a credential or the environment."""
    return any(origin.nature in SECRET for origin in origins)


def then(origin: Origin, step: Step) -> Origin:
    """The origin, one stop further; the trace keeps the last dozen stops."""
    return replace(origin, trace=(*origin.trace, step)[-12:])


def after(found: Origin, through: Origin) -> Origin:
    """``found`` reached the place by the way of ``through``: what happened on that way happened to it too."""
    arrived = replace(
        found,
        trace=(*found.trace, *through.trace)[-12:],
        partial=found.partial or through.partial,
        kept=min(found.kept, through.kept) if found.partial and through.partial else found.kept or through.kept,
        escaped=found.escaped or through.escaped,
        closed=found.closed or through.closed,
        shape=through.shape or found.shape,
        bag=found.bag or through.bag,
        rooted=found.rooted or through.rooted,
        harmless=found.harmless | through.harmless if through.harmless else found.harmless,
        beside=found.beside | through.beside if through.beside else found.beside,
    )
    told = not arrived.closed and not vocabulary.names_plain(arrived.name)
    if arrived.bag and arrived.nature is Nature.ARGUMENT and told:
        return replace(arrived, nature=Nature.ARGUMENTS, name=arrived.bag)
    return arrived


_HEADER_METHODS = {"Referer", "UserAgent", "GetHeader"}
"""Go: methods of a request that give out one header."""


def part_of(nature: Nature, names: Path, here: Step) -> Iterator[Origin]:
    """A named piece of headers or a body: a credential by its name, else plain request or response data.

    A header's value cannot hold a line break: HTTP parsers refuse it.
    """
    last = next((name for name in reversed(names) if name not in {ANY, CUT} and not name.isdecimal()), names[0])
    if len(names) > 1 and (vocabulary.names_credential(last) or names[0] in _COOKIES):
        yield Origin(Nature.CREDENTIAL, last, (here,))
    elif len(names) > 1 and nature in {Nature.HEADERS, Nature.BODY}:
        yield Origin(Nature.REQUEST, last, (here,), escaped=nature is Nature.HEADERS)
    else:
        yield Origin(nature, last, (here,), escaped=names[0] in _HEADER_METHODS)


def of_role(role: Role, name: str, path: Path, here: Step) -> Iterator[Origin]:
    """What a parameter that the client fills holds."""
    names = role.within(path)
    if names is None:
        return
    if (part := _PARTS.get(role)) is not None:
        yield from (
            part_of(part[0], (part[1], name, *names), here) if part[1] else part_of(part[0], (name, *names), here)
        )
        return
    if role in {Role.ARGUMENT, Role.URI}:
        shape = Shape.LINE if role is Role.URI else Shape.SAME
        yield Origin(Nature.ARGUMENT, _picked(names) or name, (here,), shape=shape)
    elif all(name == ANY for name in names):
        if role in {Role.REQUEST, Role.SOCKET} and _ARGUMENTS.isdisjoint(path):
            yield Origin(Nature.MESSAGE, ON_SOCKET if role is Role.SOCKET else "the message", (here,))
        else:
            yield Origin(Nature.ARGUMENTS, "arguments", (here,))
    else:
        nature = Nature.REQUEST if role is Role.SOCKET else Nature.ARGUMENT
        yield Origin(nature, _picked(names) or UNNAMED, (here,))


def _picked(names: Path) -> str:
    """What is picked out of an argument by its name, however deep."""
    return next((n for n in reversed(names) if n.isidentifier() or (n.startswith(TOLD) and n != PICKED)), "")

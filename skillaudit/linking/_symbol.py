"""The kinds of answers to what a value denotes."""

from typing import NamedTuple, TypeAlias

from skillaudit.linking.program import At, Cls, Fn


class External(NamedTuple):
    """Something that the tree does not define."""

    path: str


class Instance(NamedTuple):
    """An object of a class of the project."""

    cls: Cls


class Namespace(NamedTuple):
    """A module of the project as an object, by its number."""

    module: int


class Data(NamedTuple):
    """A record, list or text of the project."""

    at: At


class Formal(NamedTuple):
    """A parameter whose type says nothing."""

    fn: Fn
    position: int


Symbol: TypeAlias = External | Fn | Cls | Instance | Namespace | Data | Formal

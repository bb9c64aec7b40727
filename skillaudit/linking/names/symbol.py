"""The kinds of answers to what a value denotes."""

from collections.abc import Iterable
from typing import TypeAlias

import msgspec

from skillaudit.linking.names.program import At, Cls, Fn


class External(msgspec.Struct, frozen=True, order=True, gc=False):
    """Something that the tree does not define."""

    path: str


class Instance(msgspec.Struct, frozen=True, order=True, gc=False):
    """An object of a class of the project."""

    cls: Cls


class Namespace(msgspec.Struct, frozen=True, order=True, gc=False):
    """A module of the project as an object, by its number."""

    module: int


class Data(msgspec.Struct, frozen=True, order=True, gc=False):
    """A record, list or text of the project."""

    at: At


class Formal(msgspec.Struct, frozen=True, order=True, gc=False):
    """A parameter whose type says nothing."""

    fn: Fn
    position: int


Symbol: TypeAlias = External | Fn | Cls | Instance | Namespace | Data | Formal

_MOST = 8


def distinct(symbols: Iterable[Symbol]) -> tuple[Symbol, ...]:
    """The first few, each once."""
    return tuple(dict.fromkeys(symbols))[:_MOST]

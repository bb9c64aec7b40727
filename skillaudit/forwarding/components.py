"""Agents of named components: every way that records take from an input to an output."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

import msgspec

from skillaudit.forward import ChainLink, Stage
from skillaudit.forwarding.parts import Input, Route, Target, broken

NO_END: Final = {"null", "file", "console"}
"""Kinds of targets at which records do not arrive."""
_MANY = 400


class Component(msgspec.Struct, frozen=True):
    """``inputs`` names the components before it; ``drops`` says why nothing leaves it, else empty."""

    name: str
    link: ChainLink
    drops: str
    target: Target | None


def ways(source: Input, start: str, first: ChainLink, after: Callable[[str], Iterable[Component]]) -> Iterator[Route]:
    """Every way from an input to an output, each component once; where there is none, what is in the way."""
    pending: list[tuple[str, tuple[ChainLink, ...]]] = [(start, (first,))]
    seen, stuck, ended = {start}, [], []
    while pending and len(seen) < _MANY:
        name, links = pending.pop(0)
        following = list(after(name))
        if not following:
            stuck.append(
                Route(source, (*links, broken(links[-1].location, Stage.ROUTE, name, "nothing reads it")), None)
            )
        for one in following:
            if one.drops:
                stuck.append(Route(source, (*links, broken(one.link.location, Stage.ROUTE, one.name, one.drops)), None))
            elif one.target is not None:
                ended.append(Route(source, (*links, one.link), one.target))
            elif one.name not in seen:
                seen.add(one.name)
                pending.append((one.name, (*links, one.link)))
    useful = [one for one in ended if one.target is not None and one.target.kind not in NO_END]
    yield from useful or ended[:1] or stuck[:1]

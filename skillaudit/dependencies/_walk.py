"""From a lockfile's graph to what one package installs, and the way by which each dependency gets in."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence

from skillaudit.dependency import Coordinate, Dependency, Graph, Importer, Node

_MIDDLE = "..."
_LONGEST = 6
"""Stops of a way that are named; the first of them is the direct dependency."""


def walk(graph: Graph, importer: Importer) -> tuple[Dependency, ...]:
    """Everything that a lockfile installs for one package, each version once, sorted by name and version."""
    found: dict[Coordinate, Dependency] = {}
    ways: dict[str, tuple[str, ...]] = {}
    for roots, loose, development in (
        (importer.runtime, importer.loose, False),
        (importer.development, importer.loose_development, True),
    ):
        direct = frozenset(roots)
        for key, via in _reached((*roots, *loose), graph.nodes, ways):
            node = graph.nodes[key]
            if not node.own:
                coordinate = Coordinate(graph.ecosystem, node.name, node.version)
                one = Dependency(coordinate, node.line, key in direct, development, via, node.unchecked)
                known = found.setdefault(coordinate, one)
                if one.direct and not known.direct and known.development == development:
                    found[coordinate] = one
    order = sorted(found, key=lambda one: (one.name, one.version))
    return tuple(found[coordinate] for coordinate in order)


def _reached(
    roots: Sequence[str], nodes: Mapping[str, Node], ways: dict[str, tuple[str, ...]]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Keys in order of their distance, each with the way to its parent; ``ways`` lead to the keys themselves."""
    waiting: deque[tuple[str, tuple[str, ...]]] = deque(
        (key, ()) for key in dict.fromkeys(roots) if key in nodes and key not in ways
    )
    ways.update((key, _continued((), nodes[key])) for key, _ in waiting)
    while waiting:
        key, via = waiting.popleft()
        yield key, via
        for edge in nodes[key].edges:
            if edge not in ways and edge in nodes:
                ways[edge] = _continued(ways[key], nodes[edge])
                waiting.append((edge, ways[key]))


def _continued(way: tuple[str, ...], node: Node) -> tuple[str, ...]:
    """The way with one more stop; of a long one the middle is left out."""
    stop = f"{node.name}@{node.version}" if node.version else node.name
    whole = way if way[-1:] == (stop,) else (*way, stop)
    return whole if len(whole) <= _LONGEST else (*whole[:2], _MIDDLE, *whole[3 - _LONGEST :])

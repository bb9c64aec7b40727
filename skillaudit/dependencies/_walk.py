"""From a lockfile's graph to what one package installs, and the way by which each dependency gets in."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence

from skillaudit.dependency import Coordinate, Dependency, Graph, Importer, Node

_LONGEST = 6
"""Stops of a way that are named; the first of them is the direct dependency."""


def walk(graph: Graph, importer: Importer) -> tuple[Dependency, ...]:
    """Everything that a lockfile installs for one package, each version once, sorted by name and version."""
    found: dict[Coordinate, Dependency] = {}
    seen: dict[str, str] = {}
    for roots, loose, development in (
        (importer.runtime, importer.loose, False),
        (importer.development, importer.loose_development, True),
    ):
        direct = frozenset(roots)
        for key in _reached((*roots, *loose), graph.nodes, seen):
            node = graph.nodes[key]
            if not node.own:
                coordinate = Coordinate(graph.ecosystem, node.name, node.version)
                via = () if key in direct else _way(seen[key], seen, graph.nodes)
                one = Dependency(coordinate, node.line, key in direct, development, via, node.unchecked)
                known = found.setdefault(coordinate, one)
                if one.direct and not known.direct and known.development == development:
                    found[coordinate] = one
    return tuple(sorted(found.values(), key=lambda one: one.coordinate))


def _reached(roots: Sequence[str], nodes: Mapping[str, Node], seen: dict[str, str]) -> Iterator[str]:
    """Keys in order of their distance; ``seen`` holds the parent of each, nothing for a root."""
    waiting = deque(dict.fromkeys(key for key in roots if key in nodes and key not in seen))
    seen.update(dict.fromkeys(waiting, ""))
    while waiting:
        key = waiting.popleft()
        yield key
        for edge in nodes[key].edges:
            if edge not in seen and edge in nodes:
                seen[edge] = key
                waiting.append(edge)


def _way(key: str, seen: Mapping[str, str], nodes: Mapping[str, Node]) -> tuple[str, ...]:
    """The stops from the direct dependency to ``key``; of a long way the middle is left out."""
    stops: list[str] = []
    while key:
        node = nodes[key]
        stop = f"{node.name}@{node.version}" if node.version else node.name
        if not stops or stops[-1] != stop:
            stops.append(stop)
        key = seen[key]
    stops.reverse()
    return tuple(stops) if len(stops) <= _LONGEST else (*stops[:2], "...", *stops[3 - _LONGEST :])

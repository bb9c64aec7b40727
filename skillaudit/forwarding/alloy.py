"""Grafana Alloy: components that forward to the receivers of others."""

from collections.abc import Iterator, Mapping

from skillaudit.configuration import Document, Map, Node, at, children, every, pairs, raw, text, truthy, walk
from skillaudit.forward import Stage
from skillaudit.forwarding.components import Component, ways
from skillaudit.forwarding.parts import Agent, Input, Route, Selection, Target, is_open, kind_of, ok
from skillaudit.forwarding.relabelling import dropped_by, kept_or_dropped, labels_of
from skillaudit.forwarding.selection import by_matches

_INPUTS = {
    "loki__source__docker": "containers", "loki__source__kubernetes": "containers", "loki__source__file": "file",
    "loki__source__journal": "journal", "loki__source__syslog": "syslog", "loki__source__api": "http",
    "otelcol__receiver__otlp": "otlp", "otelcol__receiver__filelog": "file", "loki__source__podlogs": "containers",
}  # fmt: skip
_MANY = 50
"""Components that records pass one after another."""
_MOST_RELABELLED = 8


def alloy(document: Document) -> Agent:
    """Grafana Alloy: components that forward to the receivers of others."""
    held = dict(_components(document.root))

    def after(name: str) -> Iterator[Component]:
        for following in _forwards(held.get(name)):
            node = held.get(following)
            if node is not None:
                link = ok(document.at(node), Stage.ROUTE, f"Alloy's {following.replace('__', '.')}")
                yield Component(
                    following, link, _alloy_drops(following, node), _alloy_target(document, following, node)
                )

    routes: list[Route] = []
    for name, node in held.items():
        kind = _INPUTS.get(name.partition(".")[0])
        if kind is not None:
            paths = tuple(raw(one, "__path__") for one in walk(node) if isinstance(one, Map) and raw(one, "__path__"))
            source = Input(kind, document.at(node), paths, selections=tuple(_selected(document, name, node, held)))
            shown = name.replace("__", ".")
            routes += ways(source, name, ok(source.location, Stage.AGENT, f"Alloy's {shown} takes {kind} in"), after)
    return Agent(document, "Alloy", tuple(routes))


def _selected(document: Document, name: str, node: Node, held: Mapping[str, Node]) -> Iterator[Selection]:
    """What rules keep of the targets, and what the stages drop that all records pass; units of the journal."""
    rules = _rules(node, held)
    yield from kept_or_dropped(document, rules)
    yield from by_matches(document.at(at(node, "matches")), raw(node, "matches").split())
    for _ in range(_MANY):
        following = _forwards(held.get(name))
        if len(following) != 1 or not following[0].startswith("loki__process."):
            return
        (name,) = following
        yield from dropped_by(document, every(held.get(name), "stage__match"), labels_of(rules))


def _rules(node: Node, held: Mapping[str, Node]) -> tuple[Node, ...]:
    """The relabelling rules that the targets of a source went through, in their order."""
    found: tuple[Node, ...] = ()
    for _ in range(_MOST_RELABELLED):
        path = (raw(node, "targets") or raw(node, "relabel_rules")).split(".")
        name = f"{'__'.join(path[:-2])}.{path[-2]}" if len(path) > 2 else ""  # noqa: PLR2004 - kind, label, export
        if name not in held or "relabel" not in name:
            break
        node = held[name]
        found = (*every(node, "rule"), *found)
    return found


def _components(root: Node) -> Iterator[tuple[str, Node]]:
    for kind, held in pairs(root):
        for label, node in pairs(held):
            if isinstance(node, Map):
                yield f"{kind}.{label}", node


def _forwards(node: Node | None) -> list[str]:
    lists = [*children(node, "forward_to"), *children(node, "output", "logs")]
    paths = [raw(one).split(".") for one in lists if is_open(one)]
    return [f"{'__'.join(path[:-2])}.{path[-2]}" for path in paths if len(path) > 2]  # noqa: PLR2004 - kind, label, port


def _alloy_drops(name: str, node: Node) -> str:
    drops = [one for key, one in pairs(node) if key == "stage__drop"]
    whole = any(text(one, "expression") in {".*", ".+"} for one in drops)
    return "it drops every record" if name.startswith("loki__process") and whole else ""


def _alloy_target(document: Document, name: str, node: Node) -> Target | None:
    if name.startswith("loki__write."):
        url = raw(node, "endpoint", "url")
        verified = False if truthy(node, "endpoint", "tls_config", "insecure_skip_verify") else None
        return Target(document.at(node), "loki", "", url, None, verified)
    if not name.startswith("otelcol__exporter__"):
        return None
    kind = kind_of(name.partition(".")[0].rpartition("__")[2])
    url = raw(node, "client", "endpoint")
    insecure = truthy(node, "client", "tls", "insecure") or url.startswith("http://")
    verified = False if truthy(node, "client", "tls", "insecure_skip_verify") else None
    return Target(document.at(node), kind, "", url, not insecure, verified)

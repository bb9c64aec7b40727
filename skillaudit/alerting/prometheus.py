"""Prometheus, the rulers of Loki and Mimir, and Alertmanager, each also as custom resources of Kubernetes."""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from skillaudit.alert import AlertRule, Expression, Reads, Receiver
from skillaudit.alerting.expressions import query, seconds
from skillaudit.alerting.intervals import Named, named, silent
from skillaudit.alerting.parts import Draft, Tree, addresses, labels_of, receiver, severity_of
from skillaudit.alerting.routes import OPEN, Matcher, Route, matchers
from skillaudit.alerting.satisfiable import never_fires
from skillaudit.alerting.syntax import problems
from skillaudit.configuration import Document, Documents, Node, Text, at, children, pairs, raw, text, truthy

SYSTEMS = frozenset({"Prometheus", "Loki"})
_RULES = {"PrometheusRule", "VMRule", "Rules", "ClusterRules", "GlobalRules", "AlertingRule", "RecordingRule"}
_OPERATORS = {"": "=", "=": "=", "!=": "!=", "=~": "=~", "!~": "!~"}
_DEEPEST = 40
_MUTING = ("mute_time_intervals", "muteTimeIntervals")
_ACTING = ("active_time_intervals", "activeTimeIntervals")


def _files(held: Documents) -> Iterator[tuple[Document, Node]]:
    """The documents that hold groups of rules, with these."""
    for document in held.of("prometheus-rules", "kubernetes"):
        listed = at(document.root, "groups")
        if document.kind == "kubernetes":
            listed = at(document.root, "spec", "groups") if text(document.root, "kind") in _RULES else None
        if listed is not None:
            yield document, listed


def refused(held: Documents) -> Iterator[tuple[str, str]]:
    """Files that would not be loaded, each with the first reason."""
    for document, listed in _files(held):
        if reason := _problem(document, listed):
            yield document.path, reason


def contradictory(held: Documents) -> Iterator[tuple[str, str]]:
    """Rules that no data make fire: file and name."""
    for document, group in _groups(held):
        for rule in children(group, "rules"):
            if raw(rule, "alert") and never_fires(raw(rule, "expr")):
                yield document.path, raw(rule, "alert")


def _problem(document: Document, listed: Node) -> str:
    """Why none of a file's rules is loaded; other tools that read such files allow more."""
    strict = document.kind == "prometheus-rules" or text(document.root, "kind") == "PrometheusRule"
    return next(problems(listed), "") if strict else ""


def _groups(held: Documents) -> Iterator[tuple[Document, Node]]:
    """The groups of rules that are loaded."""
    for document, listed in _files(held):
        if not _problem(document, listed):
            yield from ((document, one) for one in children(listed))


def rules(held: Documents) -> Iterator[Draft]:
    """Every alert rule that may fire; one on a recorded metric asks what the recording asks."""
    found = [(document, group, rule) for document, group in _groups(held) for rule in children(group, "rules")]
    recorded = {
        raw(rule, "record"): query(raw(rule, "expr"), document.at(rule))
        for document, _, rule in found
        if raw(rule, "record")
    }
    for document, group, rule in found:
        if (name := raw(rule, "alert")) and not never_fires(raw(rule, "expr")):
            asked = _asked(document, rule, recorded)
            system = "Loki" if asked.reads is Reads.LOGS else "Prometheus"
            severity = severity_of(at(rule, "labels"), at(group, "labels"))
            labels = {**labels_of(at(group, "labels")), **labels_of(at(rule, "labels")), "alertname": name}
            made = AlertRule(document.at(rule), document.package, system, name, severity, asked)
            yield Draft(made, labels)


def _asked(document: Document, rule: Node, recorded: Mapping[str, Expression]) -> Expression:
    asked = query(raw(rule, "expr"), document.at(at(rule, "expr")))
    for inner in (recorded[one] for one in asked.metrics if one in recorded):
        asked = replace(
            asked,
            reads=inner.reads,
            wanted=(*asked.wanted, *inner.wanted),
            metrics=(*asked.metrics, *inner.metrics),
            selectors=(*asked.selectors, *inner.selectors),
            denials=asked.denials or inner.denials,
            window=asked.window or inner.window,
        )
    return replace(asked, hold=seconds(raw(rule, "for")))


def trees(held: Documents) -> Iterator[Tree]:
    """Every routing tree of an Alertmanager."""
    for document in held.of("alertmanager", "kubernetes"):
        root = document.root
        if document.kind == "kubernetes":
            if text(root, "kind") != "AlertmanagerConfig":
                continue
            root = at(root, "spec") or root
        if (top := at(root, "route")) is not None:
            reached = {one.name: one for one in _receivers(document, root)}
            known = named(root, "time_intervals", "mute_time_intervals", "timeIntervals", "muteTimeIntervals")
            yield Tree(SYSTEMS, _route(document, top, "", 0, known), reached)


def _route(document: Document, node: Node, inherited: str, depth: int, known: Named) -> Route:
    """A node of the tree; without a receiver of its own it has its parent's."""
    name = raw(node, "receiver") or inherited
    inner = children(node, "routes") if depth < _DEEPEST else ()
    return Route(
        name,
        document.at(at(node, "receiver") or node),
        tuple(_matchers(node)),
        tuple(_route(document, one, name, depth + 1, known) for one in inner),
        truthy(node, "continue"),
        silent(node, known, _MUTING, _ACTING),
    )


def _matchers(node: Node) -> Iterator[Matcher]:
    """In all three spellings: ``match`` and ``match_re``, texts, and the maps of the custom resource."""
    yield from (Matcher(key, "=", raw(value)) for key, value in pairs(node, "match"))
    yield from (Matcher(key, "=~", raw(value)) for key, value in pairs(node, "match_re"))
    for one in children(node, "matchers"):
        if name := raw(one, "name"):
            operator = raw(one, "matchType") or ("=~" if truthy(one, "regex") else "=")
            yield Matcher(name, _OPERATORS.get(operator, "="), raw(one, "value"))
        else:
            read = matchers(raw(one)) if isinstance(one, Text) else None
            yield from (OPEN,) if read is None else read


def _receivers(document: Document, root: Node) -> Iterator[Receiver]:
    for one in children(root, "receivers"):
        channels = [
            (key.removesuffix("_configs").removesuffix("Configs"), addresses(node))
            for key, node in pairs(one)
            if key.lower().endswith(("_configs", "configs")) and children(one, key)
        ]
        yield receiver(raw(one, "name"), document.at(one), channels)

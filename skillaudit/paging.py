"""Alerting: every rule of a tree with what it asks, and whom it reaches through which route.

It depends on the tree alone, so it is part of the facts that the cache keeps.
"""

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from skillaudit.alert import Alerting, AlertRule, Receiver
from skillaudit.alerting import clouds, cloudwatch, datadog, detections, grafana, prometheus, searches
from skillaudit.alerting.documented import documented
from skillaudit.alerting.parts import Draft, Tree
from skillaudit.alerting.routes import Route
from skillaudit.configuration import Documents
from skillaudit.environment import deployed
from skillaudit.facts import Facts
from skillaudit.forwarding.cloud import Cloud, cloud
from skillaudit.model import Gap

_MOST = 400
_ROUTES = 500
_KINDS = (
    "prometheus-rules", "alertmanager", "grafana-alerting", "sigma", "sentinel", "elastic", "elastalert",
    "datadog-monitor", "rules", "google-alerting", "splunk-searches",
)  # fmt: skip
_MONITORING = (
    "otel-collector", "promtail", "fluent-bit", "fluentd", "vector", "filebeat", "loki", "alloy", "rsyslog",
    "syslog-ng", "cloudwatch-agent", "datadog-values", "chart",
)  # fmt: skip


def with_alerting(facts: Facts, held: Documents, root: Path) -> Facts:
    """The facts with every alert rule and its way, and what could not be read of that."""
    own = Documents(tuple(one for one in held.all if deployed(one)))
    known = cloud(own)
    declared = (*prometheus.trees(own), *grafana.trees(own, known))
    trees = tuple(one for one in declared if one.root.count() <= _ROUTES)
    contacts = grafana.contacts(own, known)
    gaps = [Gap("configuration", path, f"Prometheus would load none of its rules: {reason}") for path, reason
            in prometheus.refused(own)]  # fmt: skip
    gaps += [Gap("configuration", path, f"no data make the alert rule {name} fire: its expression contradicts itself")
             for path, name in prometheus.contradictory(own)]  # fmt: skip
    gaps += [Gap("configuration", one.root.location.path, f"more than {_ROUTES} routes for alerts")
             for one in declared if one not in trees]  # fmt: skip
    drafts = list(_drafts(own, known))
    if len(drafts) > _MOST:
        gaps.append(Gap("configuration", drafts[_MOST].rule.location.path, f"more than {_MOST} alert rules"))
    rules = tuple(_routed(one, trees, contacts) for one in drafts[:_MOST])
    places = (*(one.at() for one in own.of(*_KINDS, *_MONITORING)), *(rule.location for rule in rules))
    found = Alerting(rules, tuple(dict.fromkeys(places)), tuple(documented(root, facts.inventory, gaps)))
    return replace(facts, alerting=found, gaps=(*facts.gaps, *gaps))


def _drafts(held: Documents, known: Cloud) -> Iterator[Draft]:
    yield from prometheus.rules(held)
    yield from grafana.rules(held, known)
    yield from detections.rules(held, known)
    yield from datadog.rules(held, known)
    yield from cloudwatch.rules(known)
    yield from clouds.rules(held, known)
    yield from searches.rules(held, known)


def _routed(draft: Draft, trees: tuple[Tree, ...], contacts: dict[str, Receiver]) -> AlertRule:
    """The rule with whom it reaches: those it names itself, else where the routes of its system lead."""
    rule = draft.rule
    if draft.direct:
        return rule
    if rule.receivers:
        named = (replace(contacts[one.name], location=one.location) if one.name in contacts else one
                 for one in rule.receivers)  # fmt: skip
        return replace(rule, receivers=tuple(named))
    fitting = [one for one in trees if rule.system in one.systems]
    reached = [
        replace(_reached(tree, route), fallback=route is tree.root and bool(route.routes))
        for tree in fitting
        for route in tree.root.possible(draft.labels)
    ]
    return replace(rule, receivers=tuple(dict.fromkeys(reached)), unrouted=bool(fitting) and not reached)


def _reached(tree: Tree, route: Route) -> Receiver:
    """A route's receiver, which hears nothing where that is always muted; one not declared is decided elsewhere."""
    if route.silent:
        return Receiver(f"{route.receiver} (always muted)", route.location, pages=False)
    held = tree.receivers.get(route.receiver)
    return replace(held, location=route.location) if held is not None else Receiver(route.receiver, route.location)

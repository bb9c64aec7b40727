"""Searches that are run again and again: Splunk's saved searches and New Relic's conditions on NRQL."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from skillaudit.alert import AlertRule, Expression, Receiver
from skillaudit.alerting.expressions import fires_from, search, seconds
from skillaudit.alerting.parts import Draft, maps, receiver
from skillaudit.configuration import Document, Documents, Node, at, pairs, raw
from skillaudit.forwarding.cloud import Cloud, Resource
from skillaudit.model import Location

_COUNTED = re.compile(r"\bwhere\s+\w{1,60}\s*(?P<op>>=|>)\s*(?P<value>\d{1,9})\s*$", re.IGNORECASE)
_BACK = re.compile(r"^-(\d{1,6}[smhd])")
_ON = {"1", "true"}
_SEVERITIES = {"1": "debug", "2": "info", "3": "warning", "4": "error", "5": "severe", "6": "fatal"}
"""Splunk's levels of an alert."""


def rules(held: Documents, cloud: Cloud) -> Iterator[Draft]:
    """Every scheduled search with an action or a level, and every condition."""
    for document in held.of("splunk-searches"):
        for name, node in pairs(document.root):
            if raw(node, "enableSched") in _ON or raw(node, "is_scheduled") in _ON:
                yield _saved(document, node, name)
    for resource in cloud.of("splunk_saved_searches"):
        if resource.read("is_scheduled").lower() in _ON:
            yield _saved(resource.document, resource.body, resource.read("name"))
    for resource in cloud.of("newrelic_nrql_alert_condition"):
        yield _condition(resource)


def _saved(document: Document, node: Node, name: str) -> Draft:
    place = document.at(at(node, "search") or node)
    written = raw(node, "search")
    counted = _COUNTED.search(written.strip()[-200:])
    least = fires_from(counted["op"], float(counted["value"])) if counted else _limit(node)
    back = _BACK.match(raw(node, "dispatch.earliest_time") or raw(node, "dispatch_earliest_time"))
    asked = replace(search(written, place), least=least, window=seconds(back[1]) if back else 0)
    level = raw(node, "alert.severity") or raw(node, "alert_severity")
    reached = tuple(_actions(document, node))
    return _drafted(place, document, ("Splunk", name, _SEVERITIES.get(level, "")), asked, reached)


def _limit(node: Node) -> int | None:
    """The number of events from which it fires, by the settings beside the search; any by default."""
    kind = raw(node, "counttype") or raw(node, "alert_type")
    if kind != "number of events":
        return 1
    limit = raw(node, "quantity") or raw(node, "alert_threshold")
    relation = (raw(node, "relation") or raw(node, "alert_comparator")).replace(" ", "")
    return fires_from(relation, float(limit)) if limit.isdigit() else None


def _actions(document: Document, node: Node) -> Iterator[Receiver]:
    listed = raw(node, "actions")
    named = [name.strip() for name in listed.split(",") if name.strip()]
    named += [
        key.removeprefix("action.")
        for key, value in pairs(node)
        if key.startswith("action.") and key.count(".") == 1 and raw(value) in _ON
    ]
    if named:
        yield receiver("actions", document.at(at(node, "actions") or node), [(one, "") for one in dict.fromkeys(named)])


def _condition(resource: Resource) -> Draft:
    """A condition's own threshold; the one called critical, which decides who is woken."""
    place = resource.document.at(resource.node("nrql.query") or resource.body)
    asked = search(resource.read("nrql.query"), place)
    limit = next(maps(resource.node("critical")), None)
    operator = {"above": ">", "above_or_equals": ">="}.get(raw(limit, "operator"), "")
    threshold = raw(limit, "threshold")
    least = fires_from(operator, float(threshold)) if threshold.replace(".", "", 1).isdigit() else None
    window = seconds(raw(limit, "threshold_duration") or resource.read("aggregation_window"))
    asked = replace(asked, least=least, window=window)
    return _drafted(place, resource.document, ("New Relic", resource.read("name"), "critical"), asked, ())


def _drafted(
    place: Location, document: Document, named: tuple[str, str, str], asked: Expression, reached: tuple[Receiver, ...]
) -> Draft:
    return Draft(AlertRule(place, document.package, *named, asked, reached), direct=True)

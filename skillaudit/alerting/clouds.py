"""Google's alert policies and Azure's alerts on log queries, with the channels and groups that they notify."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from skillaudit.alert import AlertRule, Expression, Reads, Receiver
from skillaudit.alerting.expressions import fires_from, search, seconds, terms
from skillaudit.alerting.parts import Draft, maps, receiver
from skillaudit.configuration import Document, Documents, Node, at, children, pairs, raw
from skillaudit.forwarding.cloud import Cloud, Resource
from skillaudit.model import Location

_USER_METRIC = re.compile(r"logging\.googleapis\.com/user/([\w./-]{1,200})")
_GROUPS = "azurerm_monitor_action_group"
_QUERIES = ("azurerm_monitor_scheduled_query_rules_alert_v2", "azurerm_monitor_scheduled_query_rules_alert")


def rules(held: Documents, cloud: Cloud) -> Iterator[Draft]:
    """Every policy and alert; of Google's policies also those that stand in files of their own."""
    counted = {one.read("name"): one for one in cloud.of("google_logging_metric")}
    for resource in cloud.of("google_monitoring_alert_policy"):
        reached = tuple(_channels(resource, cloud))
        yield from _policy(resource.document, resource.body, counted, reached)
    for document in held.of("google-alerting"):
        channels = children(document.root, "notificationChannels")
        reached = tuple(Receiver(raw(one), document.at(one)) for one in channels) or _nobody(document.at())
        yield from _policy(document, document.root, {}, reached)
    for resource in cloud.of(*_QUERIES):
        yield _query(resource, cloud)


def _policy(
    document: Document, node: Node, counted: dict[str, Resource], reached: tuple[Receiver, ...]
) -> Iterator[Draft]:
    """One rule for each condition."""
    name = raw(node, "display_name") or raw(node, "displayName")
    severity = raw(node, "severity").removeprefix("SEVERITY_")
    conditions = [held for key, held in pairs(node) if key == "conditions"]
    for one in (inner for held in conditions for inner in maps(held)):
        rule = AlertRule(
            document.at(one), document.package, "Google", name, severity, _condition(document, one, counted), reached
        )
        yield Draft(rule, direct=True)


def _condition(document: Document, node: Node, counted: dict[str, Resource]) -> Expression:
    matched = at(node, "condition_matched_log") or at(node, "conditionMatchedLog")
    if matched is not None:
        return replace(_searched(raw(matched, "filter"), document.at(at(matched, "filter"))), least=1)
    limit = at(node, "condition_threshold") or at(node, "conditionThreshold")
    written = raw(limit, "filter")
    metric = _USER_METRIC.search(written)
    source = counted.get(metric[1]) if metric is not None else None
    source = source or next((one for one in counted.values() if "${" in written and one.names(written)), None)
    named = (metric[1],) if metric is not None else ()
    asked = Expression(Reads.METRICS, metrics=named)
    if source is not None:
        asked = replace(_searched(source.read("filter"), source.document.at(source.node("filter"))), metrics=named)
    threshold = raw(limit, "threshold_value") or raw(limit, "thresholdValue") or "0"
    operator = raw(limit, "comparison").removeprefix("COMPARISON_")
    least = fires_from(operator, float(threshold)) if threshold.replace(".", "", 1).isdigit() else None
    period = raw(limit, "aggregations", "alignment_period") or next(
        (raw(one, "alignmentPeriod") for one in maps(at(limit, "aggregations"))), ""
    )
    return replace(asked, least=least, window=seconds(period), hold=seconds(raw(limit, "duration")))


def _searched(written: str, place: Location) -> Expression:
    asked = search(written, place)
    return asked if asked.wanted else replace(asked, wanted=tuple(terms(re.sub(r"[\w.]+\s*=", " ", written), place)))


def _channels(policy: Resource, cloud: Cloud) -> Iterator[Receiver]:
    listed = policy.node("notification_channels")
    if listed is None or not children(listed):
        yield from _nobody(policy.location)
    for node in children(listed):
        place = policy.document.at(node)
        channel = next(
            (one for one in cloud.of("google_monitoring_notification_channel") if one.names(raw(node))), None
        )
        if channel is None:
            yield Receiver(raw(node), place)
        else:
            name = channel.read("display_name") or channel.label
            yield receiver(name, place, [(channel.read("type"), channel.read("labels.url", "labels.number"))])


def _nobody(place: Location) -> tuple[Receiver, ...]:
    return (Receiver("no channel", place, (), pages=False),)


def _query(alert: Resource, cloud: Cloud) -> Draft:
    held = alert.node("criteria") or alert.body
    place = alert.document.at(at(held, "query"))
    asked = search(raw(held, "query"), place)
    trigger = at(held, "trigger") or held
    threshold = raw(trigger, "threshold")
    operator = raw(trigger, "operator")
    least = fires_from(operator, float(threshold)) if threshold.replace(".", "", 1).isdigit() else None
    minutes = alert.read("time_window")
    window = seconds(alert.read("window_duration")) or (int(minutes) * 60 if minutes.isdigit() else 0)
    severity = alert.read("severity")
    rule = AlertRule(
        alert.location, alert.document.package, "Azure Monitor", alert.read("name"),
        f"sev{severity}" if severity.isdigit() else severity,
        replace(asked, least=least, window=window), tuple(_groups(alert, cloud)),
    )  # fmt: skip
    return Draft(rule, direct=True)


def _groups(alert: Resource, cloud: Cloud) -> Iterator[Receiver]:
    listed = alert.node("action.action_groups", "action.action_group")
    if listed is None or not children(listed):
        yield from _nobody(alert.location)
    for node in children(listed):
        place = alert.document.at(node)
        group = cloud.named(raw(node), _GROUPS)
        if group is None:
            yield Receiver(raw(node), place)
        else:
            ways = [
                (key.removesuffix("_receiver"), raw(held, "service_uri") or raw(held, "email_address"))
                for key, held in pairs(group.body)
                if key.endswith("_receiver")
            ]
            yield receiver(group.read("name") or group.label, place, ways)

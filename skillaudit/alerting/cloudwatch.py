"""CloudWatch in Terraform and CloudFormation: metric filters over log groups, alarms on their metrics, SNS topics."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from skillaudit.alert import AlertRule, Expression, Reads, Receiver
from skillaudit.alerting.expressions import fires_from, metrics, search, terms
from skillaudit.alerting.parts import Draft, maps, receiver, severity_of
from skillaudit.configuration import Node, at, children, raw
from skillaudit.forwarding.cloud import Cloud, Resource

_ALARMS = ("aws_cloudwatch_metric_alarm", "AWS::CloudWatch::Alarm")
_FILTERS = ("aws_cloudwatch_log_metric_filter", "AWS::Logs::MetricFilter")
_TOPICS = ("aws_sns_topic", "AWS::SNS::Topic")
_SUBSCRIPTIONS = ("aws_sns_topic_subscription", "AWS::SNS::Subscription")
_FIELD = re.compile(r"^\s*\{.*\}\s*$", re.DOTALL)
_TRANSFORMED = ("metric_transformation", "MetricTransformations")
_PATTERN = ("pattern", "FilterPattern")


def rules(cloud: Cloud) -> Iterator[Draft]:
    """Every alarm; one on the metric of a filter asks what the filter looks for."""
    filters = [(name, one) for one in cloud.of(*_FILTERS) for name in _metrics(one)]
    for alarm in cloud.of(*_ALARMS):
        metric = alarm.read("metric_name", "MetricName")
        found = next((one for name, one in filters if name == metric or _means(one, metric)), None)
        asked = _filtered(found) if found is not None else Expression(Reads.METRICS, metrics=tuple(metrics(metric)))
        asked = replace(asked, metrics=(metric,), least=_least(alarm), window=_window(alarm))
        name = alarm.read("alarm_name", "AlarmName") or alarm.label
        place, package = alarm.location, alarm.document.package
        reached = tuple(_reached(alarm, cloud))
        yield Draft(
            AlertRule(place, package, "CloudWatch", name, severity_of(alarm.node("tags")), asked, reached), direct=True
        )


def _metrics(one: Resource) -> Iterator[str]:
    """The names of the metrics that a filter makes."""
    for key in _TRANSFORMED:
        for held in maps(at(one.body, key)):
            yield raw(held, "name") or raw(held, "MetricName")


def _means(one: Resource, metric: str) -> bool:
    """Whether an alarm names a filter by reference."""
    return f"{one.kind}.{one.label}" in metric


def _filtered(one: Resource) -> Expression:
    pattern, node = one.read(*_PATTERN), one.node(*_PATTERN)
    place = one.document.at(node)
    asked = search(pattern, place)
    group = one.read("log_group_name", "LogGroupName")
    words = () if _FIELD.match(pattern) else tuple(terms(pattern, place))
    return replace(asked, wanted=asked.wanted or words, selectors=(*asked.selectors, group) if group else ())


def _least(alarm: Resource) -> int | None:
    number = alarm.read("threshold", "Threshold")
    operator = alarm.read("comparison_operator", "ComparisonOperator")
    return fires_from(operator, float(number)) if number.replace(".", "", 1).isdigit() else None


def _window(alarm: Resource) -> int:
    """The period alone: a threshold has to be passed within each of several."""
    period = alarm.read("period", "Period")
    return int(period[:9]) if period.isdigit() else 0


def _reached(alarm: Resource, cloud: Cloud) -> Iterator[Receiver]:
    actions = alarm.node("alarm_actions", "AlarmActions")
    if alarm.read("actions_enabled", "ActionsEnabled").lower() == "false":
        yield Receiver("actions that are switched off", alarm.location, (), pages=False)
        return
    if actions is None or not children(actions):
        yield Receiver("no action", alarm.location, (), pages=False)
    for action in children(actions):
        yield _action(alarm, action, cloud)


def _action(alarm: Resource, action: Node, cloud: Cloud) -> Receiver:
    """Whom a topic wakes, by its subscriptions; None decides where the topic is not in the tree."""
    written, place = raw(action), alarm.document.at(action)
    topic = next((one for one in cloud.of(*_TOPICS) if one.names(written)), None)
    if topic is None:
        return Receiver(written, place)
    inner = [
        (raw(one, "Protocol"), raw(one, "Endpoint")) for one in maps(topic.node("Subscription")) if raw(one, "Protocol")
    ]
    inner += [
        (one.read("protocol", "Protocol"), one.read("endpoint", "Endpoint"))
        for one in cloud.of(*_SUBSCRIPTIONS)
        if topic.names(one.read("topic_arn", "TopicArn"))
    ]
    name = topic.read("name", "TopicName") or topic.label
    return receiver(name, place, inner) if inner else Receiver(name, place)

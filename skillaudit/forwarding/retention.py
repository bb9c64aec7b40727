"""How long records are kept where they land, as far as the tree sets that."""

import re
from collections.abc import Iterator

from skillaudit.configuration import Document, at, every, raw, text, truthy
from skillaudit.forward import ChainLink, Stage
from skillaudit.forwarding.parts import Target, broken, ok, unknown
from skillaudit.forwarding.world import GROUPS, World
from skillaudit.model import Location

_LEAST_DAYS = 30
_PERIOD = re.compile(r"^(\d{1,12})(h|d|w|y|m|s|ms)?$")
_HOURS = {"h": 1.0, "d": 24.0, "w": 168.0, "y": 8760.0, "m": 1 / 60, "s": 1 / 3600, "ms": 0.0, None: 24.0}
_SET_APART = {
    "datadog": ("datadog_logs_index", "retention_days"),
    "elasticsearch": ("elasticstack_elasticsearch_index_lifecycle", "delete.min_age"),
}
"""Where providers of Terraform set how long a store keeps what no record names."""


def kept_for(target: Target, world: World) -> Iterator[ChainLink]:
    """How long records are kept, where the tree sets that."""
    match target.kind:
        case "cloudwatch":
            yield from _group_days(target, world)
        case "google-storage":
            yield from _storage_days(target, world)
        case "s3":
            yield from _bucket_days(target, world)
        case "loki":
            for document in world.local("loki", target):
                node = at(document.root, "limits_config", "retention_period")
                if node is not None and truthy(document.root, "compactor", "retention_enabled"):
                    yield _days(document, node.line, raw(node), "Loki")
        case "google" | "azure":
            yield from _cloud_days(target, world)
        case "datadog" | "elasticsearch":
            yield from _days_set_apart(target, world)
        case _:
            return


def _group_days(target: Target, world: World) -> Iterator[ChainLink]:
    if target.days is not None:
        yield _lasting(*target.days, target.title)
        return
    group = world.cloud.named(target.name, *GROUPS)
    node = group.node("retention_in_days", "RetentionInDays") if group is not None else None
    if group is not None and node is not None and raw(node) not in {"0", ""}:
        yield _days(group.document, node.line, raw(node), group.label)


def _days_set_apart(target: Target, world: World) -> Iterator[ChainLink]:
    kind, key = _SET_APART[target.kind]
    for one in world.cloud.of(kind):
        if (node := one.node(key)) is not None:
            yield _days(one.document, node.line, raw(node), one.label)


def _bucket_days(target: Target, world: World) -> Iterator[ChainLink]:
    bucket = world.bucket(target.name)
    if bucket is None:
        return
    for one in world.cloud.of("aws_s3_bucket_lifecycle_configuration"):
        if bucket.names(one.read("bucket")):
            for rule in every(one.body, "rule"):
                node = at(rule, "expiration", "days")
                if node is not None and text(rule, "status") != "Disabled":
                    yield _days(one.document, node.line, raw(node), bucket.label)
    for rule in every(bucket.body, "lifecycle_rule"):
        if (node := at(rule, "expiration", "days")) is not None:
            yield _days(bucket.document, node.line, raw(node), bucket.label)
    rules = bucket.node("LifecycleConfiguration.Rules")
    for rule in getattr(rules, "items", ()):
        if (node := at(rule, "ExpirationInDays")) is not None:
            yield _days(bucket.document, node.line, raw(node), bucket.label)


def _cloud_days(target: Target, world: World) -> Iterator[ChainLink]:
    if target.kind == "google":
        for one in world.cloud.of("google_logging_project_bucket_config"):
            if (node := one.node("retention_days")) is not None:
                yield _days(one.document, node.line, raw(node), one.label)
    else:
        workspace = world.cloud.named(target.name, "azurerm_log_analytics_workspace")
        node = workspace.node("retention_in_days") if workspace is not None else None
        if workspace is not None and node is not None:
            yield _days(workspace.document, node.line, raw(node), workspace.label)


def _storage_days(target: Target, world: World) -> Iterator[ChainLink]:
    """A rule that deletes by age; else the period before which nothing is deleted."""
    bucket = world.cloud.named(target.name, "google_storage_bucket")
    if bucket is None:
        return
    for rule in every(bucket.body, "lifecycle_rule"):
        node = at(rule, "condition", "age")
        if node is not None and raw(rule, "action", "type") == "Delete":
            yield _days(bucket.document, node.line, raw(node), bucket.label)
            return
    period = bucket.node("retention_policy.retention_period")
    if period is not None:
        yield _days(bucket.document, period.line, f"{raw(period)}s", bucket.label)


def _days(document: Document, line: int, written: str, what: str) -> ChainLink:
    return _lasting(Location(document.path, line), written, what)


def _lasting(place: Location, written: str, what: str) -> ChainLink:
    found = _PERIOD.match(written.strip())
    if found is None:
        return unknown(place, Stage.RETENTION, f"the retention of {what}", "it is set outside the tree")
    days = int(found[1]) * _HOURS[found[2]] / 24
    shown = f"{what} keeps records {days:g} days"
    if days == 0:
        return ok(place, Stage.RETENTION, f"{what} keeps records for ever")
    return (
        ok(place, Stage.RETENTION, shown)
        if days >= _LEAST_DAYS
        else broken(place, Stage.RETENTION, shown, f"less than {_LEAST_DAYS}")
    )

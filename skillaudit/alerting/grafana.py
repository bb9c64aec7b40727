"""Grafana's own alerting, as its provisioning files and Terraform's provider spell it."""

from collections.abc import Iterator

from msgspec.structs import replace

from skillaudit.alert import AlertRule, Expression, Reads, Receiver
from skillaudit.alerting.expressions import fires_from, query, search, seconds
from skillaudit.alerting.intervals import Named, named, silent
from skillaudit.alerting.parts import Draft, Tree, addresses, labels_of, receiver, severity_of
from skillaudit.alerting.routes import OPEN, Matcher, Route, matchers
from skillaudit.configuration import Document, Documents, Map, Node, at, children, every, pairs, raw, truthy
from skillaudit.forwarding.cloud import Cloud, Resource

SYSTEM = "Grafana"
_DEEPEST = 40
_THREE = 3


def rules(held: Documents, cloud: Cloud) -> Iterator[Draft]:
    """Every alert rule that is not paused."""
    for document in held.of("grafana-alerting"):
        for group in children(document.root, "groups"):
            for rule in children(group, "rules"):
                if at(rule, "title") is not None and not truthy(rule, "isPaused"):
                    yield _draft(document, rule, raw(rule, "title"), children(rule, "data"))
    for one in cloud.of("grafana_rule_group"):
        for inner in (rule for rule in every(one.body, "rule") if not truthy(rule, "is_paused")):
            yield _draft(one.document, inner, raw(inner, "name"), every(inner, "data"))


def _draft(document: Document, rule: Node, name: str, data: tuple[Node, ...]) -> Draft:
    place = document.at(rule)
    asked = Expression(Reads.METRICS, hold=seconds(raw(rule, "for")))
    for one in data:
        model = at(one, "model") or one
        text = raw(model, "expr") or raw(model, "query") or raw(model, "query", "query") or raw(model, "queryString")
        if text:
            asked = _joined(asked, _asked(document, model, text))
        if (least := _least(model)) is not None:
            asked = replace(asked, least=least)
        if not asked.window:
            asked = replace(asked, window=seconds(raw(one, "relativeTimeRange", "from")))
    labels = labels_of(at(rule, "labels"))
    named = raw(rule, "notification_settings", "receiver") or raw(rule, "notification_settings", "contact_point")
    made = AlertRule(place, document.package, SYSTEM, name, severity_of(at(rule, "labels")), asked)
    if named:
        made = replace(made, receivers=(Receiver(named, document.at(at(rule, "notification_settings"))),))
    return Draft(made, {**labels, "alertname": name})


def _asked(document: Document, model: Node, text: str) -> Expression:
    place = document.at(at(model, "expr") or at(model, "query") or model)
    plugin = raw(model, "datasource", "type")
    if plugin in {"elasticsearch", "grafana-opensearch-datasource", "cloudwatch"} or at(model, "expr") is None:
        return search(text, place)
    found = query(text, place)
    return replace(found, reads=Reads.LOGS) if plugin == "loki" else found


def _joined(asked: Expression, more: Expression) -> Expression:
    """What several queries of one rule ask together."""
    return replace(
        more,
        wanted=(*asked.wanted, *more.wanted),
        metrics=(*asked.metrics, *more.metrics),
        selectors=(*asked.selectors, *more.selectors),
        denials=asked.denials or more.denials,
        hold=asked.hold,
    )


def _least(model: Node) -> int | None:
    """The threshold of a condition or of a threshold expression."""
    for one in children(model, "conditions"):
        values = children(one, "evaluator", "params")
        if values and (number := raw(values[0])).replace(".", "", 1).isdigit():
            return fires_from(raw(one, "evaluator", "type"), float(number))
    return None


def trees(held: Documents, cloud: Cloud) -> Iterator[Tree]:
    """Every notification policy tree, with the contact points of the whole tree."""
    reached = contacts(held, cloud)
    for document in held.of("grafana-alerting"):
        known = named(document.root, "muteTimes")
        for policy in children(document.root, "policies"):
            yield Tree(frozenset({SYSTEM}), _route(document, policy, "", 0, known), reached)
    for one in cloud.of("grafana_notification_policy"):
        yield Tree(frozenset({SYSTEM}), _route(one.document, one.body, "", 0, {}), reached)


def contacts(held: Documents, cloud: Cloud) -> dict[str, Receiver]:
    """Contact points by name, and Terraform's by every way to refer to one, for routes and rules that name one."""
    found = {one.name: one for one in _contacts(held)}
    for resource, one in _declared(cloud):
        reference = f"{resource.kind}.{resource.label}"
        found |= dict.fromkeys((one.name, f"{reference}.name", f"{reference}.id", f"${{{reference}.name}}"), one)
    return found


def _contacts(held: Documents) -> Iterator[Receiver]:
    for document in held.of("grafana-alerting"):
        for one in children(document.root, "contactPoints"):
            channels = ((raw(r, "type"), addresses(at(r, "settings") or r)) for r in children(one, "receivers"))
            yield receiver(raw(one, "name"), document.at(one), channels)


def _declared(cloud: Cloud) -> Iterator[tuple[Resource, Receiver]]:
    for one in cloud.of("grafana_contact_point"):
        channels = ((key, addresses(node)) for key, node in pairs(one.body) if isinstance(node, Map))
        yield one, receiver(one.read("name"), one.location, channels)


def _route(document: Document, node: Node, inherited: str, depth: int, known: Named) -> Route:
    name = raw(node, "receiver") or raw(node, "contact_point") or inherited
    inner = (*children(node, "routes"), *every(node, "policy")) if depth < _DEEPEST else ()
    return Route(
        name,
        document.at(at(node, "receiver") or at(node, "contact_point") or node),
        tuple(_matchers(node)),
        tuple(_route(document, one, name, depth + 1, known) for one in inner),
        truthy(node, "continue"),
        silent(node, known, ("mute_time_intervals",), ("active_time_intervals",)),
    )


def _matchers(node: Node) -> Iterator[Matcher]:
    """``object_matchers`` in threes, ``matchers`` as texts, and Terraform's blocks."""
    for one in children(node, "object_matchers"):
        parts = [raw(part) for part in children(one)]
        yield Matcher(parts[0], parts[1], parts[2]) if len(parts) == _THREE else OPEN
    for one in children(node, "matchers"):
        yield from matchers(raw(one)) or (OPEN,)
    for one in every(node, "matcher"):
        yield Matcher(raw(one, "label"), raw(one, "match") or "=", raw(one, "value"))
    yield from (Matcher(key, "=", raw(value)) for key, value in pairs(node, "match"))
    yield from (Matcher(key, "=~", raw(value)) for key, value in pairs(node, "match_re"))

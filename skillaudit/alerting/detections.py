"""Rules of security tools: Sigma, Falco, Elastic's detection engine, ElastAlert, Microsoft Sentinel."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from skillaudit.alert import AlertRule, Expression, Match, Reads, Receiver, Wanted
from skillaudit.alerting.expressions import fires_from, search, seconds, wanted
from skillaudit.alerting.parts import Draft, addresses, maps, receiver
from skillaudit.configuration import Document, Documents, Node, Text, at, children, pairs, raw, text, walk
from skillaudit.forwarding.cloud import Cloud
from skillaudit.model import Location

_EVENT_FIELD = re.compile(r"^(?:.*\.)?(?:event\w*|evt|msg|message|action)$", re.IGNORECASE)
_COUNTED = re.compile(r"\|\s*count\([^)]{0,100}\)(?:\s+by\s+[\w.]{1,100})?\s*(>=|>)\s*(\d{1,9})")
_SENTINEL = ("azurerm_sentinel_alert_rule_scheduled", "azurerm_sentinel_alert_rule_nrt")


def rules(held: Documents, cloud: Cloud) -> Iterator[Draft]:
    """Every rule of these tools."""
    for document in held.of("sigma"):
        yield _sigma(document)
    for document in held.of("rules"):
        for entry in maps(document.root):
            if at(entry, "condition") is not None:
                yield _falco(document, entry)
    for document in held.of("elastic"):
        yield _elastic(document, at(document.root, "rule") or document.root)
    for document in held.of("elastalert"):
        yield _elastalert(document)
    for document in held.of("sentinel"):
        listed = [at(one, "properties") or one for one in children(document.root, "resources")]
        for one in listed or [document.root]:
            yield _sentinel(document, one)
    for resource in cloud.of(*_SENTINEL):
        yield _sentinel(resource.document, resource.body)


def _rule(document: Document, node: Node, named: tuple[str, str, str], asked: Expression, *to: Receiver) -> Draft:
    """A rule by its system, name and severity."""
    system, name, severity = named
    made = AlertRule(document.at(node), document.package, system, name, severity, asked, to)
    return Draft(made, direct=True)


def _sigma(document: Document) -> Draft:
    root = document.root
    product = tuple(filter(None, (text(root, "logsource", "product"), text(root, "logsource", "service"))))
    condition = " ".join(raw(one) for one in children(root, "detection", "condition"))
    counted = _COUNTED.search(condition[:2000])
    least = fires_from(counted[1], float(counted[2])) if counted else 1
    window = seconds(raw(root, "detection", "timeframe"))
    if at(root, "correlation") is not None:
        window = seconds(raw(root, "correlation", "timespan"))
        limits = [(key, raw(value)) for key, value in pairs(root, "correlation", "condition")]
        least = next((fires_from(key, float(value)) for key, value in limits if value.isdigit()), None)
    found = tuple(_looked_for(document, root))
    asked = Expression(Reads.LOGS, found, (), product, least=least, window=window)
    return _rule(document, root, ("Sigma", raw(root, "title"), raw(root, "level")), asked)


def _looked_for(document: Document, root: Node) -> Iterator[Wanted]:
    """The values that a selection asks an event field for, and keywords; a filter that is excluded is none."""
    excluded = re.findall(r"\bnot\s+(?:\d+ of )?([\w*]+)", raw(root, "detection", "condition")[:2000])
    for name, selection in pairs(root, "detection"):
        if name in {"condition", "timeframe"} or any(name.startswith(one.rstrip("*")) for one in excluded):
            continue
        for one in children(selection) if not pairs(selection) else (selection,):
            if isinstance(one, Text):
                yield Wanted(one.text.strip("*"), Match.TEXT, document.at(one))
            for key, value in pairs(one):
                field, _, modifiers = key.partition("|")
                if _EVENT_FIELD.match(field):
                    match = Match.TEXT if modifiers or field.lower() in {"msg", "message"} else Match.EVENT
                    for held in children(value):
                        yield Wanted(raw(held).strip("*"), match, document.at(held))


def _falco(document: Document, node: Node) -> Draft:
    """Falco watches system calls, so its rules say nothing of what a server records."""
    return _rule(document, node, ("Falco", raw(node, "rule"), raw(node, "priority")), Expression())


def _elastic(document: Document, rule: Node) -> Draft:
    place = document.at(at(rule, "query") or rule)
    asked = search(raw(rule, "query"), place)
    limit = raw(rule, "threshold", "value")
    started = raw(rule, "from").removeprefix("now-")
    least = int(limit[:9]) if limit.isdigit() else 1
    indexes = tuple(raw(one) for one in children(rule, "index"))
    asked = replace(asked, least=least, window=seconds(started), selectors=(*asked.selectors, *indexes))
    channels = [(raw(one, "action_type_id").strip("."), addresses(one)) for one in maps(at(rule, "actions"))]
    reached = (receiver("actions", document.at(at(rule, "actions")), channels),) if channels else ()
    return _rule(document, rule, ("Elastic", raw(rule, "name"), raw(rule, "severity")), asked, *reached)


def _elastalert(document: Document) -> Draft:
    root = document.root
    found: list[Wanted] = []
    for one in walk(at(root, "filter") or root):
        for key, value in pairs(one):
            if key in {"query", "query_string"} and isinstance(value, Text):
                found += wanted(value.text, document.at(value))
            elif _EVENT_FIELD.match(key.removesuffix(".keyword")) and isinstance(value, Text):
                found.append(Wanted(value.text, Match.EVENT, document.at(value)))
    number = raw(root, "num_events")
    window = sum(seconds(f"{raw(value)}{unit[0]}") for unit, value in pairs(root, "timeframe") if raw(value).isdigit())
    least = int(number[:9]) if number.isdigit() else 1 if raw(root, "type") == "any" else None
    asked = Expression(Reads.LOGS, tuple(found), (), (raw(root, "index"),), least=least, window=window)
    channels = [(raw(one), raw(root, "http_post_url")) for one in children(root, "alert")]
    reached = receiver("alert", document.at(at(root, "alert")), channels)
    return _rule(document, root, ("ElastAlert", raw(root, "name"), raw(root, "priority")), asked, reached)


def _sentinel(document: Document, node: Node) -> Draft:
    place: Location = document.at(at(node, "query") or node)
    asked = search(raw(node, "query"), place)
    limit = raw(node, "triggerThreshold") or raw(node, "trigger_threshold")
    operator = raw(node, "triggerOperator") or raw(node, "trigger_operator") or "gt"
    period = raw(node, "queryPeriod") or raw(node, "query_period")
    least = fires_from(operator, float(limit)) if limit.isdigit() else 1
    asked = replace(asked, least=least, window=seconds(period))
    name = raw(node, "displayName") or raw(node, "display_name") or raw(node, "name")
    return _rule(document, node, ("Sentinel", name, raw(node, "severity")), asked)

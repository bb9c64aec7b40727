"""Datadog monitors: JSON, Terraform and the operator's resource. A message names in it whom the monitor notifies."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from skillaudit.alert import AlertRule, Expression, Reads
from skillaudit.alerting.expressions import fires_from, query, search, seconds, terms
from skillaudit.alerting.parts import Draft, maps, receiver
from skillaudit.configuration import Document, Documents, Node, at, children, raw, text
from skillaudit.forwarding.cloud import Cloud
from skillaudit.model import Location

_LOGS = re.compile(r"logs\(\s*(?P<quote>[\"'])(?P<query>.{0,2000}?)(?<!\\)(?P=quote)\s*\)", re.DOTALL)
_LAST = re.compile(r"\.last\(\s*[\"'](?P<short>\w{1,10})[\"']\s*\)|last_(?P<long>\d{1,4}[smhd])")
_LIMIT = re.compile(r"(?P<op>>=|>)\s*(?P<value>\d{1,9}(?:\.\d{1,6})?)\s*$")
_NOTIFIED = re.compile(r"@(?P<to>[\w.+-]{1,100}(?:@[\w.-]{1,100})?)")
_PRIORITY = re.compile(r"^\d$")


def rules(held: Documents, cloud: Cloud) -> Iterator[Draft]:
    """Every monitor."""
    for document in held.of("datadog-monitor"):
        for one in maps(document.root):
            yield _draft(document, one)
    for document in held.of("kubernetes"):
        if text(document.root, "kind") == "DatadogMonitor":
            yield _draft(document, at(document.root, "spec") or document.root)
    for resource in cloud.of("datadog_monitor"):
        yield _draft(resource.document, resource.body)


def _draft(document: Document, node: Node) -> Draft:
    place = document.at(node)
    asked = _asked(raw(node, "query"), document.at(at(node, "query") or node))
    message = raw(node, "message")
    channels = ((_channel(one["to"]), one["to"]) for one in _NOTIFIED.finditer(message[:8000]))
    reached = receiver("@ in the message", document.at(at(node, "message") or node), channels)
    made = AlertRule(place, document.package, "Datadog", raw(node, "name"), _severity(node), asked, (reached,))
    return Draft(made, direct=True)


def _channel(address: str) -> str:
    """``slack-security`` goes to Slack, an address with a host to a mailbox."""
    head = address.partition("-")[0].lower()
    return "email" if "@" in address else {"webhook": "webhook", "slack": "slack", "teams": "teams"}.get(head, address)


def _severity(node: Node) -> str:
    priority = raw(node, "priority")
    tags = (raw(one).partition(":") for one in children(node, "tags"))
    tagged = next((value for key, _, value in tags if key in {"severity", "priority"}), "")
    return f"P{priority}" if _PRIORITY.match(priority) else tagged


def _asked(written: str, place: Location) -> Expression:
    found = _LOGS.search(written)
    last = _LAST.search(written)
    window = seconds(last["short"] or last["long"]) if last else 0
    limit = _LIMIT.search(written.strip()[-40:])
    least = fires_from(limit["op"], float(limit["value"])) if limit else None
    if found is None:
        return replace(query(written, place), reads=Reads.METRICS, least=least, window=window)
    inner = found["query"].replace('\\"', '"')
    asked = search(inner, place)
    known = asked.wanted or tuple(terms(re.sub(r"[@\w.]+:\S+", " ", inner), place))
    return replace(asked, wanted=known, least=least, window=window)

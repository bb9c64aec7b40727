"""What every tool's rules and routes are put together from: drafts of rules, and which channels wake somebody."""

import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from skillaudit.alert import AlertRule, Receiver
from skillaudit.alerting.routes import Route
from skillaudit.configuration import List, Map, Node, pairs, raw, walk
from skillaudit.model import Location

SEVERITY_LABELS = ("severity", "priority", "urgency", "sev", "level")
"""Labels that hold a rule's severity, the first that is there."""

_PAGERS = re.compile(
    r"pagerduty|opsgenie|victorops|splunk[-_]?on[-_]?call|pushover|incident[-_.]?io|zenduty|squadcast|ilert|goalert|rootly"
    r"|firehydrant|xmatters|better[-_]?(?:stack|uptime)|grafana[-_]?oncall|(?:^|[/.@_-])oncall(?:$|[/._-])|^sms$|^voice$|^phone$|twilio|spike\.sh"
    r"|alerta\.ops",
    re.IGNORECASE,
)
_SILENT = re.compile(
    r"^(?:email|e-?mails?|slack|discord|msteams(?:v2)?|teams|telegram|webex|wechat|rocketchat|mattermost|googlechat|line|jira"
    r"|threema|dingding|hipchat|zulip|ticket|servicenow|index|logging|email-json)$",
    re.IGNORECASE,
)


def pages(channel: str, hint: str = "") -> bool | None:
    """Whether a channel wakes somebody; ``hint`` is the address that a hook calls, or a mailbox."""
    if _PAGERS.search(channel):
        return True
    silent = _SILENT.search(channel) is not None
    if _PAGERS.search(hint) and (not silent or "mail" in channel.lower()):
        return True
    return False if silent else None


def receiver(name: str, place: Location, channels: Iterable[tuple[str, str]]) -> Receiver:
    """A receiver with its channels and what each calls; one without channels reaches nobody."""
    held = tuple(channels)
    verdicts = {pages(channel, hint) for channel, hint in held}
    answer = True if True in verdicts else None if None in verdicts else False
    return Receiver(name, place, tuple(dict.fromkeys(channel for channel, _ in held)), answer)


class Draft(msgspec.Struct, frozen=True):
    """A rule before its way is known: its labels, and the receivers that the rule itself names.

    ``direct``: only the rule's own words decide whom it reaches, no route.
    """

    rule: AlertRule
    labels: Mapping[str, str] = msgspec.field(default_factory=dict)
    direct: bool = False


class Tree(msgspec.Struct, frozen=True):
    """A routing tree for the rules of some systems, and its receivers by name."""

    systems: frozenset[str]
    root: Route
    receivers: Mapping[str, Receiver]


def addresses(node: Node) -> str:
    """All texts below a node, by which a hook shows whom it calls."""
    return " ".join(raw(one) for one in walk(node))[:4000]


def labels_of(node: Node | None) -> dict[str, str]:
    """Labels whose values are fixed; one that is a template is not known."""
    return {key: raw(value) for key, value in pairs(node) if "{{" not in raw(value) and "$" not in raw(value)}


def severity_of(*labels: Node | None) -> str:
    """The severity among labels, as it is written; empty where none says one. The first set of labels wins."""
    held = {key.lower(): raw(value) for node in reversed(labels) for key, value in pairs(node)}
    return next((held[key] for key in SEVERITY_LABELS if held.get(key)), "")


def maps(node: Node | None) -> Iterator[Map]:
    """The maps of a list, or a map itself."""
    match node:
        case Map():
            yield node
        case List(items=items):
            yield from (one for one in items if isinstance(one, Map))
        case _:
            pass

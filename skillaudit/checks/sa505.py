"""SA505: an alert rule on an event that is never recorded."""

import difflib
import re
from collections.abc import Iterator

from skillaudit.alert import AlertRule, Reads, Wanted
from skillaudit.check import (
    Evidence,
    Example,
    Finding,
    NotApplicable,
    Observation,
    Reference,
    Remediation,
    Unknown,
    check,
)
from skillaudit.checks._alerting import Emitted, called, emitted, hits, without_rules
from skillaudit.facts import Facts, Step
from skillaudit.model import Confidence, Severity, Surface

_NEAR = 0.75
_SHORTEST = 4
_MOST = 300
_LONGEST = 100
_NAME = re.compile(r"^[A-Za-z]\w*[_.:/-][\w.:/-]{1,80}$|^[a-z]+[A-Z]\w{1,80}$")
_EVENT_FIELDS = {"event", "event_type", "event_name", "eventType", "eventName", "evt"}
_OTHER = re.compile(r"[^a-z0-9]+")


class _Nearest:
    """Finds the recorded name that another is nearly like; of so many names, and for so many."""

    def __init__(self, names: set[str]) -> None:
        self.plain = {_plain(one): one for one in sorted(names)[:_MOST] if _NAME.match(one)}
        self.known: dict[str, str] = {}

    def to(self, name: str) -> str:
        """The name, empty where there is none."""
        if name not in self.known and len(self.known) < _MOST and _NAME.match(name):
            close = difflib.get_close_matches(_plain(name)[:_LONGEST], self.plain, 1, _NEAR)
            self.known[name] = self.plain[close[0]] if close else ""
        return self.known.get(name, "")


@check(
    "SA505",
    title="Alert rule on an event that is never recorded",
    asks="Is every event name that an alert rule looks for one that the code records?",
    why="A rule on a misspelt or renamed event never fires, and looks like protection.",
    remediation=Remediation(
        "Write the name as the code does, best from one list that both are checked against.",
        (
            Example("structlog", "python", 'log.warning("auth_failure", caller=caller_hash, reason="expired")'),
            Example(
                "Loki ruler",
                "yaml",
                "expr: 'count_over_time({app=\"mcp-server\"} | json | event=`auth_failure` [30s]) >= 3'",
            ),
        ),
    ),
    references=(
        Reference("CWE-778: Insufficient Logging", "https://cwe.mitre.org/data/definitions/778.html"),
        Reference("OWASP MCP Top 10, MCP08: Lack of Audit and Telemetry", "https://owasp.org/www-project-mcp-top-10/"),
    ),
)
def sa505(facts: Facts) -> Iterator[Observation]:
    """Asked only of rules that read this server's log: by a service they select, or an event they share or nearly share."""
    yield from without_rules(facts)
    events = emitted(facts)
    names = {one.name for one in events}
    dynamic = any(not one.event and _EVENT_FIELDS & set(one.fields) for one in facts.log_calls if one.surface.counts)
    services, nearest = _services(facts), _Nearest(names)
    asked = False
    seen: set[object] = set()
    for rule in facts.alerting.rules:
        for wanted in rule.expression.wanted if _ours(rule, events, services, nearest) else ():
            key = (wanted.name, wanted.location)
            found = next((event for event in events if hits(wanted, event)), None)
            near = nearest.to(wanted.name)
            if key in seen:
                continue
            seen.add(key)
            if found is not None:
                asked = True
                yield Evidence(
                    wanted.location, True, f"{wanted.name} is recorded at {found.call.location}", rule.package
                )
            elif near or _NAME.match(wanted.name):
                asked = True
                yield from _judge(rule, wanted, near, events, dynamic=dynamic)
    if facts.alerting.rules and not asked:
        yield NotApplicable("no alert rule looks for an event of this server's log by name")


def _judge(
    rule: AlertRule, wanted: Wanted, near: str, events: tuple[Emitted, ...], *, dynamic: bool
) -> Iterator[Observation]:
    if dynamic and not near:
        yield Unknown(f"some event names are made at run time, so {wanted.name} may be one", rule.package)
        return
    hint = f"; the nearest recorded name is {near}" if near else ""
    said = f"{called(rule)} looks for {wanted.name}, which the code never records{hint}"
    related = tuple(Step(one.call.location, one.name) for one in events if one.name == near)[:1]
    yield Evidence(wanted.location, False, said, rule.package)
    yield Finding(Severity.MEDIUM, Confidence.HIGH if near else Confidence.MEDIUM, Surface.PRODUCTION, rule.package,
                  wanted.location, said[0].upper() + said[1:],
                  fix=f"look for {near}" if near else "look for a name that the code records",
                  related=related)  # fmt: skip


def _ours(rule: AlertRule, events: tuple[Emitted, ...], services: frozenset[str], nearest: _Nearest) -> bool:
    """Whether a rule reads what this server records."""
    asked = rule.expression
    if asked.reads is not Reads.LOGS:
        return False
    shares = any(hits(one, event) for one in asked.wanted for event in events if _NAME.match(event.name))
    return shares or any(nearest.to(one.name) for one in asked.wanted) or any(one in services for one in _bare(rule))


def _bare(rule: AlertRule) -> Iterator[str]:
    """What a rule selects by, each part of a path on its own."""
    for one in rule.expression.selectors:
        yield from (_plain(part) for part in (one, *one.split("/")) if len(_plain(part)) >= _SHORTEST)


def _services(facts: Facts) -> frozenset[str]:
    """Names under which this server runs."""
    held = [one.workload for one in facts.deployments] + [one.workload for one in facts.chains]
    held += [one.name for one in facts.inventory.packages if one.name]
    return frozenset(name for one in held if len(name := _plain(one)) >= _SHORTEST)


def _plain(name: str) -> str:
    return _OTHER.sub("", name.lower()[:200])

"""What the checks of alerting share: which events the server emits, which rules read them, where the question arises."""

import re
from collections.abc import Iterator

import msgspec

from skillaudit.alert import AlertRule, Expression, Match, Wanted
from skillaudit.check import Evidence, NotApplicable, Observation
from skillaudit.checks._processes import place_to_mend
from skillaudit.checks._servers import stdio_only
from skillaudit.facts import Facts, LogCall
from skillaudit.forward import Stage, Standing
from skillaudit.model import Location, Surface

_ON_STDIO = "the server can be reached through stdio alone, so whoever calls it is who runs it"
_NOT_DEPLOYED = "the repository holds no deployment or monitoring configuration"
NO_RULES = "no alert rules in the repository (see SA501)"

_DEPLOYMENT = re.compile(r"(?:^|/)(?:Chart\.yaml|Procfile)$")
_NAME = re.compile(r"^[A-Za-z][\w.:/-]{2,80}$")
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_SECURITY = re.compile(
    r"^(?:auth|authn|authz|authentication|authorization|authorisation|login|logon|unauthorized|unauthorised|forbidden|denied|denial"
    r"|reject(?:ed|ion|ions)?|refused|blocked|violations?|breach|burst|guard|enumeration|suspicious|tamper(?:ed|ing)?|drift|idor"
    r"|intrusion|injection|security|attack|malicious|exfiltration|throttled|ratelimit|ratelimited|traversal|protected|spoof(?:ed|ing)?)$"
)
_PAIRS = (("rate", "limit"), ("access", "violation"), ("invalid", "token"), ("bad", "token"), ("limit", "exceeded"),
          ("ceiling", "exceeded"), ("quota", "exceeded"), ("token", "expired"), ("scope", "missing"))  # fmt: skip
_CALLERS = re.compile(
    r"^(?:auth|authn|authentication|login|logon|credentials?|token|signin|oauth|jwt|unauthorized|unauthorised)$"
)
_FAILS = re.compile(
    r"^(?:fail|fails|failed|failure|failures|denied|reject(?:ed|ion|ions)?|invalid|bad|error|errors|refused|unauthorized"
    r"|unauthorised|missing|expired)$"
)
_MERGED = re.compile(r"(?:auth|login)(?:fail|failure|failures|failed|denied|rejected)$")


class Emitted(msgspec.Struct, frozen=True):
    """A constant name or message of a record."""

    name: str
    call: LogCall


def words(name: str) -> list[str]:
    """The words of a name in any spelling, in lower case."""
    return [one.lower() for one in _PART.findall(name)[:40]]


def secures(name: str) -> bool:
    """Whether a name speaks of a security event."""
    held = words(name)
    return any(map(_SECURITY.match, held)) or any(set(pair) <= set(held) for pair in _PAIRS) or bool(_merged(name))


def turns_away(name: str) -> bool:
    """Whether a name speaks of a failed authentication."""
    held = words(name)
    return bool(_merged(name)) or (any(map(_CALLERS.match, held)) and any(map(_FAILS.match, held)))


def _merged(name: str) -> re.Match[str] | None:
    return _MERGED.search(name.lower()[:100].removesuffix("_total"))


def emitted(facts: Facts) -> tuple[Emitted, ...]:
    """Names of events and constant messages of everything that is no test, each record once."""
    found = []
    for call in facts.log_calls:
        name = call.event or ("" if call.interpolated else call.message)
        if name and call.operator and call.surface not in {Surface.TEST, Surface.BENCHMARK, Surface.EXAMPLE}:
            found.append(Emitted(name, call))
    return tuple(found)


def security_events(facts: Facts, package: str) -> tuple[Emitted, ...]:
    """What a process records of callers that are turned away, of guards and of changes: the first record of each name."""
    around = facts.hosting.running(package)
    places = {place for one in facts.rejections for place in one.records}
    places |= {one.recorded for one in facts.config_changes if one.recorded is not None}
    known: dict[str, Emitted] = {}
    for one in emitted(facts):
        if one.call.surface.counts and one.call.package in around:
            named = bool(one.call.event) or bool(_NAME.match(one.name))
            if one.call.location in places or (named and secures(one.name)):
                known.setdefault(one.name, one)
    return tuple(known.values())


def hits(wanted: Wanted, event: Emitted) -> bool:
    """Whether a name that a rule looks for occurs in a record."""
    asked, name = wanted.name.lower(), event.name.lower()
    if wanted.match is Match.EVENT:
        return asked == name
    return bool(asked) and (asked in name or asked in event.call.message.lower())


def on(rule: AlertRule, events: tuple[Emitted, ...]) -> tuple[Emitted, ...]:
    """The events that a rule reads."""
    return tuple(event for event in events if any(hits(one, event) for one in rule.expression.wanted))


def watches(rule: AlertRule, events: tuple[Emitted, ...]) -> bool:
    """Whether a rule looks at a security event: one of these, a metric that counts such, answers that refuse."""
    asked = rule.expression
    return bool(on(rule, events)) or asked.denials or any(_counts(one, events) for one in asked.metrics)


def _counts(metric: str, events: tuple[Emitted, ...]) -> bool:
    """Whether a metric's name says that it counts failed authentications, or one of the events."""
    held = _stems(metric)
    named = (_stems(one.name) for one in events if _NAME.match(one.name))
    return turns_away(metric) or any(len(one) > 1 and one <= held for one in named)


def _stems(name: str) -> set[str]:
    return {one.removesuffix("s") for one in words(name)}


def catches_failures(asked: Expression) -> bool:
    """Whether an expression counts failed authentications."""
    return asked.denials or any(map(turns_away, asked.metrics)) or any(turns_away(one.name) for one in asked.wanted)


def place(facts: Facts, package: str) -> Location | None:
    """Where a package is deployed or monitored; None where the repository says nothing of either."""
    own = [one.location for one in facts.deployments if one.package in {"", package}]
    charts = [Location(one.path, 1) for one in facts.inventory.files if _DEPLOYMENT.search(one.path)]
    monitored = facts.alerting.configured
    return next(iter((*own, *monitored, *charts)), None)


def unasked(facts: Facts, package: str, teller: str = "") -> Iterator[Observation]:
    """Why the question does not arise for a package: nothing is said where ``place`` knows one and others can reach it.

    A server that others reach is watched somewhere. Where the repository does not show it, that is a miss, told with
    what becomes of the records: else leaving the deployment out of the repository would be worth points. Where nothing
    is wrong with those, ``teller`` tells of it.
    """
    if stdio_only(facts, package):
        yield NotApplicable(_ON_STDIO, package)
    elif place(facts, package) is None:
        said = f"others can reach the server, and {_NOT_DEPLOYED}, so nothing shows that it is watched"
        yield Evidence(place_to_mend(facts, package), False, said, package, told=_teller(facts, package) or teller)


def _teller(facts: Facts, package: str) -> str:
    """The check that says of this server that its records stay where they are; none where they leave the host."""
    held = [chain for chain in facts.chains if chain.package in {"", package}]
    stopped = next((one for one in held if one.stops is not None), None)
    if any(chain.arrives for chain in held):
        return ""
    if stopped is not None:
        return "SA402" if stopped.of(Stage.HOST) else "SA406"
    unclear = any(link.standing is Standing.UNKNOWN for chain in held for link in chain.links)
    return "" if unclear else "SA401"


def without_rules(facts: Facts) -> Iterator[NotApplicable]:
    """What to say where there are no alert rules to ask about."""
    if not facts.alerting.rules:
        yield NotApplicable(NO_RULES)


def called(rule: AlertRule) -> str:
    """A rule in words."""
    return f"the {rule.system} rule {rule.name}".rstrip()

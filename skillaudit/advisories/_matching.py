"""Whether an advisory's entry holds for a version, what it is worth, and which entries speak of the same thing."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from cvss import CVSS2, CVSS3, CVSS4, CVSSError
from msgspec.structs import replace

from skillaudit.advisories._ordering import OrderError, check_version, order_of
from skillaudit.advisories._record import Entry
from skillaudit.advisory import Advisory
from skillaudit.dependency import Coordinate
from skillaudit.model import Severity

_ALWAYS = ("introduced", "0")
"""From before the first version, which may be a pre-release of 0.0.0."""

_RANK = {"fixed": 0, "limit": 0, "introduced": 1, "last_affected": 2}
_RATINGS = {
    "CRITICAL": Severity.HIGH,
    "HIGH": Severity.HIGH,
    "MODERATE": Severity.MEDIUM,
    "MEDIUM": Severity.MEDIUM,
    "LOW": Severity.LOW,
}
_SCALES = {"CVSS_V3": CVSS3, "CVSS_V4": CVSS4, "CVSS_V2": CVSS2}
_HIGH_FROM, _MEDIUM_FROM = 7.0, 4.0
_MALICIOUS = "MAL-"
_PREFERRED = ("PYSEC-", "GO-", "GHSA-", "MAL-", "CVE-")

_Order = Callable[[str], Any]


def matches(coordinate: Coordinate, candidates: Iterable[Entry]) -> tuple[Advisory, ...]:
    """The advisories among an ecosystem's entries on a package that hold for its version, merged, the gravest first.

    Raises:
        OrderError: the version is none that its ecosystem can compare.
    """
    check_version(coordinate.ecosystem, coordinate.version)
    order = order_of(coordinate.ecosystem)
    return merged(
        advisory_of(entry, coordinate) for entry in candidates if _is_affected(coordinate.version, entry, order)
    )


def advisory_of(entry: Entry, coordinate: Coordinate) -> Advisory:
    """An entry as an advisory on one version of its package."""
    rating, score = entry.rating.upper(), _score(entry.vectors)
    if entry.id.startswith(_MALICIOUS):
        severity, rating = Severity.HIGH, "malicious"
    else:
        severity = _RATINGS.get(rating) or _by_score(score)
    aliases = tuple(sorted(set(entry.aliases) - {entry.id}))
    fixed = first_fixed(entry, coordinate)
    return Advisory(entry.id, aliases, severity, score, rating.lower(), entry.summary, fixed)


def first_fixed(entry: Entry, coordinate: Coordinate) -> str:
    """The first version named as fixed that follows the installed one, empty where none does."""
    try:
        order = order_of(coordinate.ecosystem)
        own = order(coordinate.version)
    except OrderError:
        return ""
    later = [
        (place, version)
        for events in entry.events
        for kind, version in events
        if kind == "fixed" and (place := _placed(order, version)) is not None and place > own
    ]
    return min(later, default=(None, ""))[1]


def merged(advisories: Iterable[Advisory]) -> tuple[Advisory, ...]:
    """One advisory for each vulnerability: what shares a name is the same."""
    groups: list[Advisory] = []
    for one in sorted(advisories, key=lambda one: (_preference(one.id), one.id)):
        same = [other for other in groups if other.names & one.names]
        groups = [other for other in groups if other not in same]
        whole = one
        for other in same:
            whole = _united(other, whole)
        groups.append(whole)
    return tuple(sorted(groups, key=lambda one: (one.severity.rank, -(one.score or 0), one.id)))


def exploited(
    advisories: Iterable[Advisory], catalogue: Callable[[str], bool], probabilities: Mapping[str, float]
) -> tuple[Advisory, ...]:
    """The advisories with what is known of their use; an exploited one is HIGH, whatever its score."""
    found = []
    for one in advisories:
        known = any(catalogue(name) for name in one.names)
        chances = [probabilities[name] for name in one.names if name in probabilities]
        severity = Severity.HIGH if known else one.severity
        found.append(replace(one, exploited=known, severity=severity, probability=max(chances, default=None)))
    return tuple(sorted(found, key=lambda one: (one.severity.rank, not one.exploited, -(one.score or 0), one.id)))


def _united(kept: Advisory, other: Advisory) -> Advisory:
    """Both names; of two severities that which a record states, of two fixes the later one in the list."""
    stated = kept if kept.rating or kept.score is not None or not (other.rating or other.score is not None) else other
    return replace(
        kept,
        aliases=tuple(sorted((kept.names | other.names) - {kept.id})),
        severity=stated.severity,
        score=stated.score,
        rating=stated.rating,
        summary=kept.summary or other.summary,
        fixed=kept.fixed or other.fixed,
    )


def _preference(identifier: str) -> int:
    return next((rank for rank, start in enumerate(_PREFERRED) if identifier.startswith(start)), len(_PREFERRED))


def _is_affected(version: str, entry: Entry, order: _Order) -> bool:
    own = order(version)
    if any(version == listed or _placed(order, listed) == own for listed in entry.versions):
        return True
    return any(_within(own, events, order) for events in entry.events)


def _within(own: Any, events: tuple[tuple[str, str], ...], order: _Order) -> bool:
    """The evaluation that the OSV schema describes, over the events of one range in their order."""
    inside = _ALWAYS in events
    bounds = [
        (place, kind)
        for kind, version in events
        if (kind, version) != _ALWAYS and (place := _placed(order, version)) is not None
    ]
    for place, kind in sorted(bounds, key=lambda one: (one[0], _RANK.get(one[1], 0))):
        if kind == "introduced" and own >= place:
            inside = True
        elif (kind in {"fixed", "limit"} and own >= place) or (kind == "last_affected" and own > place):
            inside = False
    return inside


def _placed(order: _Order, version: str) -> Any | None:
    try:
        return order(version)
    except OrderError:
        return None


def _score(vectors: Iterable[tuple[str, str]]) -> float | None:
    """The base score of the first vector that is one: version 3, else 4, else 2."""
    by_scale = dict(vectors)
    for scale, kind in _SCALES.items():
        if scale in by_scale:
            try:
                return float(kind(by_scale[scale]).base_score)
            except (CVSSError, ValueError, KeyError):
                continue
    return None


def _by_score(score: float | None) -> Severity:
    if score is None:
        return Severity.MEDIUM
    return Severity.HIGH if score >= _HIGH_FROM else Severity.MEDIUM if score >= _MEDIUM_FROM else Severity.LOW

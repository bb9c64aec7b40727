"""Dependencies as plain values, for JSON and SARIF."""

from collections import Counter
from typing import Any, TypeAlias

from skillaudit.advisory import Advisory
from skillaudit.report import Report
from skillaudit.standing import Standing, Vulnerable

_Object: TypeAlias = dict[str, Any]


def advisories_document(report: Report) -> _Object:
    """Where known vulnerabilities were looked up, and how old that data is."""
    answer = report.advisories
    return {"source": answer.source} | ({} if answer.age_days is None else {"age_days": answer.age_days})


def dependencies_document(report: Report) -> list[_Object]:
    """Every manifest and lockfile of every package, with its state."""
    return [_standing(one) for one in report.dependencies]


def states_document(report: Report) -> list[_Object]:
    """The states alone."""
    return [
        {
            "path": one.listing.path,
            "package": one.listing.package,
            "state": one.state.value.replace(" ", "_"),
            "reasons": list(one.reasons),
        }
        for one in report.dependencies
    ]


def _standing(one: Standing) -> _Object:
    listing = one.listing
    counted = Counter((dependency.direct, dependency.development) for dependency in listing.dependencies)
    return {
        "path": listing.path,
        "kind": listing.form,
        "ecosystem": listing.ecosystem,
        "package": listing.package,
        "manifest": listing.manifest,
        "locked": listing.locked,
        "surface": listing.surface.value,
        "state": one.state.value.replace(" ", "_"),
        "reasons": list(one.reasons),
        "direct": counted[True, False],
        "direct_development": counted[True, True],
        "transitive": counted[False, False],
        "transitive_development": counted[False, True],
        "vulnerable": [_vulnerable(found) for found in one.vulnerable],
        "notes": list(listing.notes),
    }


def _vulnerable(found: Vulnerable) -> _Object:
    dependency = found.dependency
    return {
        "name": dependency.coordinate.name,
        "version": dependency.coordinate.version,
        "line": dependency.line,
        "direct": dependency.direct,
        "development": dependency.development,
        "via": list(dependency.via),
        "advisories": [_advisory(one) for one in found.advisories],
    }


def _advisory(one: Advisory) -> _Object:
    return {
        "id": one.id,
        "aliases": list(one.aliases),
        "severity": one.severity.value,
        "score": one.score,
        "fixed": one.fixed,
        "summary": one.summary,
        "exploited": one.exploited,
        "probability": one.probability,
    }

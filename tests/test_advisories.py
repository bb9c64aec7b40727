"""Matching, merging and severities, on records of our own."""

import json
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest
from audits import ADVISORIES, AS_OF, made_up_advisories

from skillaudit.advisories._matching import matches
from skillaudit.advisories._ordering import OrderError, order_of
from skillaudit.advisories._record import decode, entries
from skillaudit.advisories.local import LocalSource
from skillaudit.advisory import Advisory
from skillaudit.dependency import GO, NPM, PYPI, Coordinate
from skillaudit.model import Severity


@pytest.mark.parametrize(
    ("ecosystem", "rising"),
    [
        (PYPI, ["1.0.dev1", "1.0a1", "1.0rc1", "1.0", "1.0.post1", "1.0.1", "1.10", "2!0.1"]),
        (NPM, ["1.0.0-0", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-rc.2", "1.0.0-rc.10", "1.0.0"]),
        (NPM, ["1.0.0", "1.0.1", "1.9.0", "1.10.0", "2025.7.1"]),
        (GO, ["0.0.0-20240101000000-abcdefabcdef", "0.0.0", "1.21.0-0", "1.21.0", "1.22.0-rc.1", "1.22.0"]),
    ],
)
def test_versions_are_ordered_as_the_ecosystem_does(ecosystem: str, rising: list[str]) -> None:
    order = order_of(ecosystem)
    assert all(order(lower) < order(higher) for lower, higher in pairwise(rising))


def test_a_build_does_not_make_a_version_newer() -> None:
    assert order_of(NPM)("1.0.0+build") == order_of(NPM)("1.0.0")


@pytest.mark.parametrize(
    ("ecosystem", "version"),
    [
        (PYPI, "latest"),
        (NPM, "1.0"),
        (NPM, "^1.0.0"),
        (NPM, ""),
        (GO, "v1.0.0"),
        ("crates.io", "1.0.0"),
        (NPM, "9" * 999),
    ],
)
def test_versions_that_cannot_be_compared_are_no_clean_ones(ecosystem: str, version: str) -> None:
    with pytest.raises(OrderError):
        matches(Coordinate(ecosystem, "x", version), ())


def _known(ecosystem: str, name: str, version: str) -> list[Advisory]:
    coordinate = Coordinate(ecosystem, name, version)
    answer = LocalSource(made_up_advisories(), AS_OF).ask([coordinate])
    assert answer.unchecked == {}
    return list(answer.found.get(coordinate, ()))


@pytest.mark.parametrize(
    ("ecosystem", "name", "vulnerable", "clean"),
    [
        (PYPI, "demo-web", "1.1.9", "1.2.0"),
        (PYPI, "demo-web", "0.1.dev1", "1.2.0.post1"),
        (PYPI, "demo-yaml", "2.0rc1", "2.0b9"),
        (PYPI, "demo-yaml", "2.4", "2.4.post1"),
        (PYPI, "demo-listed", "1.1", "1.2"),
        (NPM, "demo-parse", "2.0.0", "2.0.1"),
        (NPM, "demo-parse", "3.0.0-alpha.1", "3.0.0-alpha.0"),
        (NPM, "demo-parse", "3.1.0-rc.1", "3.1.0"),
        (NPM, "@demo/http", "0.0.0-0", "1.4.0"),
        (GO, "example.org/demo/net", "0.8.9", "0.9.0"),
        (GO, "example.org/demo/old", "0.0.0-20231231235959-aaaaaaaaaaaa", "0.50.0"),
    ],
)
def test_ranges_and_listed_versions(ecosystem: str, name: str, vulnerable: str, clean: str) -> None:
    assert len(_known(ecosystem, name, vulnerable)) == 1
    assert _known(ecosystem, name, clean) == []


def test_names_are_compared_as_the_ecosystem_does() -> None:
    assert _known(NPM, "Demo-Parse", "2.0.0") == []


def test_aliases_are_one_advisory() -> None:
    (one,) = _known(PYPI, "demo-web", "1.0")
    assert (one.id, one.aliases) == ("PYSEC-2099-1", ("CVE-2099-0001", "GHSA-demo-0001"))
    assert (one.severity, one.score, one.fixed) == (Severity.HIGH, 7.5, "1.2.0")


@pytest.mark.parametrize(
    ("ecosystem", "name", "version", "severity"),
    [
        (PYPI, "demo-yaml", "2.1", Severity.HIGH),
        (PYPI, "demo-listed", "1.0", Severity.MEDIUM),
        (NPM, "demo-parse", "1.0.0", Severity.MEDIUM),
        (NPM, "demo-evil", "9.9.9", Severity.HIGH),
        (GO, "example.org/demo/net", "0.1.0", Severity.MEDIUM),
    ],
)
def test_severity_is_what_is_stated_or_scored(ecosystem: str, name: str, version: str, severity: Severity) -> None:
    assert [one.severity for one in _known(ecosystem, name, version)] == [severity]


def _record(**changes: Any) -> Mapping[str, Any]:
    text = (ADVISORIES / "PYSEC-2099-1.json").read_text(encoding="utf-8")
    return json.loads(text) | changes  # type: ignore[no-any-return]


ODD: dict[str, tuple[dict[str, Any], int]] = {
    "withdrawn": ({"withdrawn": "2026-01-01T00:00:00Z"}, 0),
    "nothing affected": ({"affected": None}, 0),
    "git ranges only": (
        {"affected": [{"package": {"ecosystem": "PyPI", "name": "x"}, "ranges": [{"type": "GIT", "events": []}]}]},
        1,
    ),
    "null lists": ({"aliases": None, "severity": None, "summary": None, "details": None}, 1),
    "ecosystem with a suffix": ({"affected": [{"package": {"ecosystem": "PyPI:test", "name": "x"}}]}, 1),
}


@pytest.mark.parametrize("kind", ODD)
def test_odd_records(kind: str) -> None:
    changes, count = ODD[kind]
    assert len(list(entries(decode(json.dumps(_record(**changes)).encode())))) == count


@pytest.mark.parametrize("vector", ["CVSS:3.1/AV:N", "nonsense", "", "CVSS:9.9/AV:N/AC:L"])
def test_a_vector_that_is_none_gives_no_score(vector: str) -> None:
    record = _record(severity=[{"type": "CVSS_V3", "score": vector}], aliases=[])
    found = matches(
        Coordinate(PYPI, "demo-web", "1.0"), [entry for *_, entry in entries(decode(json.dumps(record).encode()))]
    )
    assert [(one.score, one.severity) for one in found] == [(None, Severity.MEDIUM)]

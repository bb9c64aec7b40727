"""Asking online: OSV's protocol, pip-audit beside us on the same data, and what happens when nobody answers."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from osv_service import Service, record, serving
from packaging.version import Version
from pip_audit._audit import Auditor
from pip_audit._dependency_source import DependencySource
from pip_audit._service import Dependency, OsvService, ResolvedDependency
from resolved import listings

from skillaudit.advisories.osv import OsvSource
from skillaudit.advisory import SourceError, state_of
from skillaudit.dependency import PYPI, Coordinate
from skillaudit.errors import RefusedError
from skillaudit.lookup import Choice, LookupOptions, look_up
from skillaudit.standing import standing_of

NAMES = [f"demo-{letter}" for letter in "abcdefghijkl"]
VERSIONS = ["0.9", "1.0rc1", "1.0", "1.0.post1", "1.2.3", "1.10", "2.0.dev1", "2.0", "2!1.0"]
RECORDS = [
    record(f"PYSEC-2099-{number}", name, VERSIONS[1 + number % 8], f"CVE-2099-{number:04}")
    for number, name in enumerate(NAMES)
] + [
    record("GHSA-demo-aaaa", "demo-a", "1.10", "CVE-2099-0000"),
    record("GHSA-demo-bbbb", "demo-b", "2.0", "CVE-2099-9999"),
    record("PYSEC-2099-99", "demo-c", "2!2", withdrawn="2026-01-01T00:00:00Z"),
]


def _sets() -> list[dict[str, str]]:
    chosen = random.Random(20261121)  # noqa: S311 - reproducible
    return [{name: chosen.choice(VERSIONS) for name in chosen.sample(NAMES, 5)} for _ in range(36)]


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with serving(*RECORDS) as running:
        yield running


class _Pinned(DependencySource):  # type: ignore[misc]  # pip-audit ships no types
    def __init__(self, pins: dict[str, str]) -> None:
        self.pins = pins

    def collect(self) -> Iterator[Dependency]:
        for name, version in self.pins.items():
            yield ResolvedDependency(name, Version(version))

    def fix(self, fix_version: object) -> None:
        raise NotImplementedError


@pytest.mark.parametrize("number", range(36))
def test_the_same_advisories_as_pip_audit(number: int, service: Service, tmp_path: Path) -> None:
    pins = _sets()[number]
    auditor = Auditor(OsvService(tmp_path, osv_url=f"{service.url}/v1/query"))
    theirs = {
        (one.canonical_name, frozenset({result.id, *result.aliases}))
        for one, results in auditor.audit(_Pinned(pins))
        for result in results
    }
    text = "".join(f"{name}=={version}\n" for name, version in pins.items())
    found = listings({"requirements.txt": text})
    answer = look_up(found, LookupOptions(Choice.OSV, offline=False, osv_url=service.url), "2026-11-21")
    ours = {(one.name, advisory.names) for one, known in answer.found.items() for advisory in known}
    assert ours == theirs
    assert not answer.unchecked


def test_the_sets_hold_both_states(service: Service) -> None:
    """Otherwise the comparison would prove nothing."""
    pairs = [(name, version) for pins in _sets() for name, version in pins.items()]
    vulnerable = [pair for pair in pairs if service.found({"package": {"name": pair[0]}, "version": pair[1]})]
    assert 20 < len(vulnerable) < len(pairs) - 20


def test_one_batch_of_names_and_versions_and_nothing_else() -> None:
    found = listings({"requirements.txt": "demo-a==1.0\ndemo-z==1.0\n", "server.py": "SECRET = 'x'\n"})
    said: list[str] = []
    with serving(*RECORDS) as service:
        options = LookupOptions(Choice.AUTO, None, offline=False, osv_url=service.url)
        answer = look_up(found, options, "2026-11-21", said.append)
        packages = [{"package": {"name": name, "ecosystem": "PyPI"}, "version": "1.0"} for name in ("demo-a", "demo-z")]
        assert service.asked == [{"queries": packages}]
    assert said == ["asking osv about 2 package versions: names and versions only are sent"]
    assert [one.name for one in answer.found] == ["demo-a"]


def test_further_pages_are_fetched() -> None:
    records = [record(f"PYSEC-2099-{number}", "demo-a", "2.0") for number in range(7)]
    with serving(*records) as service:
        service.page = 3
        answer = OsvSource(service.url).ask([Coordinate(PYPI, "demo-a", "1.0")])
    assert len(answer.found[Coordinate(PYPI, "demo-a", "1.0")]) == 7


def test_without_its_record_an_advisory_still_counts() -> None:
    with serving(*RECORDS) as service:
        service.failing = {"/v1/vulns/"}
        answer = OsvSource(service.url).ask([Coordinate(PYPI, "demo-l", "0.9")])
    assert [one.id for known in answer.found.values() for one in known] == ["PYSEC-2099-11"]


@pytest.mark.parametrize("url", ["http://example.org", "ftp://127.0.0.1", "https://me:secret@example.org"])
def test_addresses_that_are_not_asked(url: str) -> None:
    with pytest.raises(RefusedError) as refused:
        OsvSource(url)
    assert "secret" not in str(refused.value)


def test_nobody_answers_is_could_not_check() -> None:
    found = listings({"requirements.txt": "demo-a==1.0\n"})
    answer = look_up(found, LookupOptions(Choice.AUTO, None, offline=False, osv_url="http://127.0.0.1:9"), "2026-11-21")
    assert answer.source == "none"
    standing = standing_of(found[0], answer)
    assert standing.state == "could not check"
    assert "skillaudit advisories update" in standing.reasons[0]


@pytest.mark.parametrize("body", [{"results": []}, {"nothing": 1}, [], {"results": [{}]}, {"results": [1, 2]}, "x"])
def test_an_answer_that_is_none_is_could_not_check(body: object) -> None:
    with serving(*RECORDS) as service:
        service.instead = body
        with pytest.raises(SourceError):
            OsvSource(service.url).ask([Coordinate(PYPI, "demo-a", "1.0"), Coordinate(PYPI, "demo-b", "1.0")])


def test_offline_asks_nobody() -> None:
    found = listings({"requirements.txt": "demo-a==1.0\n"})
    with serving(*RECORDS) as service:
        for choice in Choice:
            answer = look_up(found, LookupOptions(choice, None, offline=True, osv_url=service.url), "2026-11-21")
            assert (answer.source, bool(answer.refused)) == ("none", True)
        assert service.asked == []


def test_what_is_not_asked_about_is_could_not_check_too() -> None:
    """pip-audit leaves out what it cannot resolve or compare, and ends with exit code 0."""
    text = "demo-a>=1\ngit+https://example.org/x.git#egg=demo-b\ndemo-z==1.0\n"
    found = listings({"requirements.txt": text, "broken/requirements.txt": "demo-a==not.a.version\n"})
    with serving(*RECORDS) as service:
        answer = look_up(found, LookupOptions(Choice.OSV, offline=False, osv_url=service.url), "2026-11-21")
    broken, whole = found
    assert "no requirement" in standing_of(broken, answer).reasons[0]
    states = {one.coordinate.name: state_of(one, answer)[0].value for one in whole.dependencies}
    assert states == {"demo-a": "could not check", "demo-b": "could not check", "demo-z": "clean"}

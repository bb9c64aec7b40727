import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from judged import evidence, facts

from skillaudit.check import (
    SUPPORTED,
    CheckError,
    Evidence,
    Finding,
    Observation,
    Remediation,
    check,
    load_checks,
    ratio,
)
from skillaudit.facts import Facts
from skillaudit.model import Axis, Location, Severity, Surface
from skillaudit.rubric import Kind, rubric

MODULE = """
from skillaudit.check import Remediation, check

@check("SA105", title="t", asks="a?", why="w", remediation=Remediation("r"), references=())
def one(facts):
    yield from ()
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Path]:
    folder = tmp_path / f"toys_{request.node.name}"
    folder.mkdir()
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    yield folder
    for name in [name for name in sys.modules if name.startswith(folder.name)]:
        del sys.modules[name]


def test_the_rubric_fills_in_the_declaration() -> None:
    @check("SA105", title="t", asks="a?", why="w", remediation=Remediation("r"), references=())
    def toy(given: Facts) -> Iterator[Observation]:
        yield Evidence(Location(given.inventory.files[0].path, 1), met=True, what="here", package="")

    assert (toy.axis, toy.severity, toy.kind, toy.group) == (Axis.SECURITY, Severity.MEDIUM, Kind.RATIO, "controls")
    assert toy.weight == 12
    assert toy.languages == SUPPORTED
    assert [type(one) for one in toy.run(facts())] == [Evidence]


def test_a_check_without_a_row_in_the_rubric_is_refused() -> None:
    with pytest.raises(CheckError, match="SA999"):
        check("SA999", title="t", asks="a?", why="w", remediation=Remediation("r"), references=())


def test_checks_are_found_and_helpers_are_not(package: Path) -> None:
    (package / "one.py").write_text(MODULE)
    (package / "_helper.py").write_text("raise RuntimeError")
    assert [one.id for one in load_checks(package.name)] == ["SA105"]


def test_two_checks_of_one_id_are_refused(package: Path) -> None:
    (package / "one.py").write_text(MODULE)
    (package / "two.py").write_text(MODULE)
    with pytest.raises(CheckError, match="twice"):
        load_checks(package.name)


def test_the_checks_and_the_rubric_name_each_other() -> None:
    checks = load_checks()
    assert {one.id for one in checks} == set(rubric().checks)
    assert all(one.kind is Kind.INCIDENT for one in checks if one.severity is Severity.HIGH)
    assert all(one.references and one.remediation.advice and one.asks.endswith("?") for one in checks)


def test_ratio_names_the_best_place_once_per_package() -> None:
    given = [evidence(9, met=False), evidence(3, met=False), evidence(5), evidence(7, met=False, package="b")]
    given.append(evidence(1, met=False, surface=Surface.TEST))
    observed = list(ratio(given, lambda missed, of: f"{len(missed)} of {of}", severity=Severity.MEDIUM))
    found = [one for one in observed if isinstance(one, Finding)]
    assert [one for one in observed if isinstance(one, Evidence)] == given
    assert [(one.package, one.location.line, one.message) for one in found] == [("", 3, "2 of 3"), ("b", 7, "1 of 1")]
    assert [step.location.line for step in found[0].related] == [9]


def test_ratio_without_misses_finds_nothing() -> None:
    assert list(ratio([evidence()], lambda *_: "", severity=Severity.LOW)) == [evidence()]

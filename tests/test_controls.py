"""Taking a single control out of a complete server lowers exactly the checks that it serves, and no other check."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from audits import audit_changing, server, write_tree
from controls import Case, changed
from controls_go import GO
from controls_python import PYTHON
from controls_typescript import TYPESCRIPT

from skillaudit.check import load_checks
from skillaudit.collect import CollectOptions, collect
from skillaudit.inventory import take_inventory
from skillaudit.report import Report

CASES: Mapping[str, Mapping[str, Case]] = {
    "reference-python": PYTHON, "reference-typescript": TYPESCRIPT, "reference-go": GO,
}  # fmt: skip
ASKED_OF_ALL = (
    "SA101",
    "SA102",
    "SA103",
    "SA104",
    "SA105",
    "SA106",
    "SA107",
    "SA108",
    "SA109",
    "SA110",
    "SA112",
    "SA113",
    "SA114",
)
RANK = {"met": 0, "not_applicable": 0, "unknown": 1, "not_met": 2}
CACHED = CollectOptions(jobs=1)


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Every version of a file is parsed once, all of them together."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SKILLAUDIT_CACHE_DIR", str(tmp_path_factory.mktemp("cache") / "kept"))
        place = tmp_path_factory.mktemp("versions")
        write_tree(place, dict(versions()))
        collect(place, take_inventory(place), CACHED)
        yield


def versions() -> Iterator[tuple[str, str]]:
    """The files of the servers, and what each case makes of them."""
    for name, cases in CASES.items():
        files = server(name)
        yield from ((f"{name}/{path}", text) for path, text in files.items())
        for number, case in enumerate(cases.values()):
            after = changed(files, case.edits)
            yield from ((f"{name}-{number}/{path}", text) for path, text in after.items() if text != files[path])


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where the tree is written."""
    return tmp_path / "tree"


def audited(files: Mapping[str, str], place: Path) -> Report:
    write_tree(place, files)
    return audit_changing(place, CACHED)


Judged = dict[str, tuple[int, int, int]]
"""By check: how bad the outcome is, misses, findings."""


def judged(report: Report) -> Judged:
    verdicts = ((result.check.id, result.verdict) for result in report.checks)
    return {name: (RANK[v.outcome], v.opportunities - v.met, len(v.findings)) for name, v in verdicts}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Judged]:
    """The complete servers."""
    return {name: judged(audited(server(name), tmp_path_factory.mktemp(name))) for name in CASES}


@pytest.mark.parametrize("name", CASES)
def test_a_reference_server_misses_nothing(name: str, whole: Mapping[str, Judged], place: Path) -> None:
    assert {check: whole[name][check] for check in ASKED_OF_ALL if whole[name][check] != (0, 0, 0)} == {}
    asked = {result.check.id: result.verdict.opportunities for result in audited(server(name), place).checks}
    assert [check for check in ASKED_OF_ALL if not asked[check]] == []


def test_every_check_is_compared(whole: Mapping[str, Judged]) -> None:
    assert {check.id for check in load_checks()} == set(whole["reference-go"])


@pytest.mark.parametrize(("name", "control"), [(name, control) for name, held in CASES.items() for control in held])
def test_one_control_less_lowers_the_checks_it_serves_and_no_other(
    name: str, control: str, whole: Mapping[str, Judged], place: Path
) -> None:
    case = CASES[name][control]
    after = judged(audited(changed(server(name), case.edits), place))
    before = whole[name]
    lowered = {check for check in after if any(now > was for now, was in zip(after[check], before[check], strict=True))}
    assert lowered == case.served


@pytest.mark.parametrize("name", CASES)
def test_every_check_of_the_framework_has_a_control_that_serves_it(name: str) -> None:
    assert set(ASKED_OF_ALL) - {"SA110"} <= frozenset[str]().union(*(case.served for case in CASES[name].values()))

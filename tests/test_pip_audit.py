"""Where pip-audit says that it knows of no vulnerability, and nobody looked: the same data, we could not check.

pip-audit itself runs, over a stand-in for the index; only the way there is ours.
"""

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import requests
from index_service import Behaviour, Handler, Way, answering, index, page
from osv_service import record, serving
from packaging.version import Version
from pip_audit import _cli as pip_audit_cli
from pip_audit._service import pypi as pip_audit_pypi
from resolved import listings

from skillaudit.advisories.pypi import PypiSource
from skillaudit.advisory import Answer, State, state_of
from skillaudit.dependency import NPM, PYPI, Coordinate
from skillaudit.lookup import Choice, LookupOptions, look_up
from skillaudit.standing import standing_of

PINS = ("demo-a", "demo-b")
ASKED = [Coordinate(PYPI, name, "1.0") for name in PINS]
KNOWN = {
    "id": "PYSEC-2099-1",
    "aliases": ["CVE-2099-0001"],
    "fixed_in": ["1.5", "0.5"],
    "summary": "about it",
    "withdrawn": None,
    "published": None,
}
PAGES = {f"/pypi/{name}/1.0/json": page(KNOWN) for name in PINS}
NOBODY = answering(404, "not here")
CLEAN = "No known vulnerabilities found"

PipAudit = Callable[..., tuple[int, str]]


def _hanging(handler: Handler) -> None:
    time.sleep(0.6)
    handler.close_connection = True


def _hanging_up(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b'{"vulnerabilities": [')


@pytest.fixture
def pip_audit(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> PipAudit:
    """Its command line; gives the exit code and what it printed."""

    def run(arguments: Sequence[str], way: Way | None = None) -> tuple[int, str]:
        def session(*_: object) -> requests.Session:
            found = requests.Session()
            if way is not None:
                found.mount("https://", way)
            return found

        monkeypatch.setattr(pip_audit_pypi, "caching_session", session)
        offline = ["--no-deps", "--disable-pip", "--progress-spinner", "off", "--timeout", "1"]
        monkeypatch.setattr(sys, "argv", ["pip-audit", *offline, "--cache-dir", str(tmp_path / "cache"), *arguments])
        try:
            pip_audit_cli.audit()
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return run


@pytest.fixture
def requirements(tmp_path: Path) -> Path:
    path = tmp_path / "requirements.txt"
    path.write_text("".join(f"{name}==1.0\n" for name in PINS), encoding="utf-8")
    return path


def _states(answer: Answer) -> set[State]:
    (listing,) = listings({"requirements.txt": "".join(f"{name}==1.0\n" for name in PINS)})
    return {state_of(one, answer)[0] for one in listing.dependencies}


def test_while_the_index_answers_both_find_it(pip_audit: PipAudit, requirements: Path) -> None:
    with index(PAGES, NOBODY) as way:
        code, said = pip_audit(["-r", str(requirements)], way)
        answer = PypiSource(way).ask(ASKED)
    assert (code, said.count("PYSEC-2099-1")) == (1, 2)
    assert [(one.id, one.aliases, one.fixed) for known in answer.found.values() for one in known] == [
        ("PYSEC-2099-1", ("CVE-2099-0001",), "1.5")
    ] * 2
    assert _states(answer) == {State.VULNERABLE}


def test_an_index_that_does_not_have_the_packages(pip_audit: PipAudit, requirements: Path) -> None:
    """A mirror, a proxy or an outage that answers 404: pip-audit skips both vulnerable pins and ends with 0."""
    with index({}, NOBODY) as way:
        code, said = pip_audit(["-r", str(requirements)], way)
        answer = PypiSource(way).ask(ASKED)
    assert (code, CLEAN in said) == (0, True)
    assert _states(answer) == {State.UNCHECKED}
    assert set(answer.unchecked.values()) == {"the index does not know this version"}


def test_an_answer_that_is_no_page_of_a_release(pip_audit: PipAudit, requirements: Path) -> None:
    """A mirror that leaves the list of vulnerabilities out: pip-audit finds none and ends with 0."""
    with index({}, answering(200, {"info": {"name": "demo"}})) as way:
        code, said = pip_audit(["-r", str(requirements)], way)
        answer = PypiSource(way).ask(ASKED)
    assert (code, CLEAN in said) == (0, True)
    assert _states(answer) == {State.UNCHECKED}


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("git+https://example.org/demo-b.git#egg=demo-b", id="git"),
        pytest.param("demo-b @ https://example.org/demo_b-1.0-py3-none-any.whl", id="address"),
        pytest.param("-e ./demo-b", id="editable"),
    ],
)
def test_a_dependency_that_no_index_can_be_asked_about(line: str, pip_audit: PipAudit, tmp_path: Path) -> None:
    """pip-audit skips it, without a word unless it is ``--strict``, and ends with 0 (pypa/pip-audit#142)."""
    path = tmp_path / "requirements.txt"
    path.write_text(f"demo-c==1.0\n{line}\n", encoding="utf-8")
    with serving(record("PYSEC-2099-1", "demo-b", "2.0")) as service:
        code, said = pip_audit(["-r", str(path), "-s", "osv", "--osv-url", f"{service.url}/v1/query"])
        (listing,) = listings({"requirements.txt": path.read_text(encoding="utf-8")})
        answer = look_up((listing,), LookupOptions(Choice.OSV, offline=False, osv_url=service.url), "2026-11-21")
    assert (code, CLEAN in said) == (0, True), said
    states = {one.coordinate.name.rpartition("/")[2]: state_of(one, answer)[0] for one in listing.dependencies}
    assert [state for name, state in states.items() if name != "demo-c"] == [State.UNCHECKED]
    assert states["demo-c"] is State.CLEAN
    assert standing_of(listing, answer).state == "could not check"


@pytest.mark.parametrize(
    "behaviour",
    [
        pytest.param(answering(503, "down"), id="an error"),
        pytest.param(answering(200, "<html>sign in</html>"), id="a page for people"),
        pytest.param(answering(302, "", headers={"Location": "/pypi/again"}), id="circles"),
        pytest.param(answering(200, {"vulnerabilities": [{"id": "PYSEC-1"}]}), id="half a record"),
        pytest.param(answering(200, {"vulnerabilities": [{**KNOWN, "fixed_in": ["?"]}]}), id="no version"),
        pytest.param(_hanging_up, id="an answer cut off"),
        pytest.param(_hanging, id="silence"),
    ],
)
def test_an_index_that_does_not_answer_as_it_should(behaviour: Behaviour) -> None:
    with index({}, behaviour) as way:
        assert _states(PypiSource(way, 0.3).ask(ASKED)) == {State.UNCHECKED}


def test_an_index_that_is_not_there() -> None:
    with index({}, NOBODY) as way:
        pass
    answer = PypiSource(way).ask(ASKED)
    assert _states(answer) == {State.UNCHECKED}
    assert {reason.partition(" (")[0] for reason in answer.unchecked.values()} == {"the index does not answer"}


def test_an_index_that_stops_answering_half_way() -> None:
    """What was found counts, the rest could not be checked."""
    with index({"/pypi/demo-a/1.0/json": PAGES["/pypi/demo-a/1.0/json"]}, answering(503, "down")) as way:
        answer = PypiSource(way).ask(ASKED)
    assert (list(answer.found), list(answer.unchecked)) == ([ASKED[0]], [ASKED[1]])


def test_withdrawn_records_and_clean_versions() -> None:
    pages = {"/pypi/demo-a/1.0/json": page({**KNOWN, "withdrawn": "2026-01-01T00:00:00Z"})}
    with index(pages, page()) as way:
        assert _states(PypiSource(way).ask(ASKED)) == {State.CLEAN}


def test_others_than_python_packages_and_no_versions_are_not_asked_about() -> None:
    other, broken = Coordinate(NPM, "demo", "1.0.0"), Coordinate(PYPI, "demo-a", "not.a.version")
    with index({}, page()) as way:
        answer = PypiSource(way).ask([other, broken])
    assert "Python packages only" in answer.unchecked[other]
    assert "no version" in answer.unchecked[broken]
    with pytest.raises(ValueError, match="Invalid version"):
        Version(broken.version)

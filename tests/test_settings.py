"""Words to the auditor: which are heard, which lines they mean, and what is said about those that are not."""

from pathlib import Path

import pytest
from audits import AS_OF, write_tree

from skillaudit.demands import Trust
from skillaudit.inventory import take_inventory
from skillaudit.pipeline import Options, audit
from skillaudit.report import Report
from skillaudit.settings import Settings, take_settings
from skillaudit.source import Source

LEAK = 'log.info("key %s", os.environ["API_KEY"])'
SERVER = "import logging\nimport os\n\nlog = logging.getLogger(__name__)\n\n\ndef start() -> None:\n"
WISH = 'skillaudit: ignore[SA302] reason="a test account"'


def settings(folder: Path, files: dict[str, str]) -> Settings:
    write_tree(folder, files)
    return take_settings(folder, take_inventory(folder))


def report(folder: Path, files: dict[str, str], trust: Trust = Trust.OWNER) -> Report:
    write_tree(folder, files)
    return audit(Source(str(folder)), Options(AS_OF, trust=trust))


def leaks(found: Report) -> list[int]:
    return [one.finding.location.line for one in found.findings if one.check.id == "SA302"]


def problems(found: Report) -> list[str]:
    return [one.text for one in found.suppressions.problems]


@pytest.mark.parametrize(
    "line",
    [f"    {LEAK}  # {WISH}\n", f"    # {WISH}\n    {LEAK}\n", f"    # {WISH}\n    # {WISH}\n    {LEAK}\n"],
    ids=["beside", "above", "several above"],
)
def test_a_comment_sets_a_finding_aside(tmp_path: Path, line: str) -> None:
    found = report(tmp_path, {"server.py": SERVER + line})
    assert leaks(found) == []
    assert {one.reason for one in found.suppressions.findings} == {"a test account"}


def test_a_comment_speaks_for_no_other_line(tmp_path: Path) -> None:
    found = report(tmp_path, {"server.py": f"{SERVER}    # {WISH}\n    {LEAK}\n    {LEAK}\n"})
    assert leaks(found) == [10]


def test_what_is_set_aside_leaves_the_grade(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    head = "from mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP('x')\n\n\n"
    tool = f"{head}@mcp.tool()\ndef add() -> int:\n    return 1\n"
    files = {"tools.py": tool, "server.py": f"{SERVER}    {LEAK}\n"}
    excused = report(tmp_path, {**files, "server.py": f"{SERVER}    {LEAK}  # {WISH}\n"})
    plain = report(tmp_path_factory.mktemp("plain"), files)
    assert excused.card.security.score is not None
    assert plain.card.security.score is not None
    assert excused.card.security.score > plain.card.security.score


def test_nobody_elses_words_are_honoured(tmp_path: Path) -> None:
    found = report(tmp_path, {"server.py": f"{SERVER}    {LEAK}  # {WISH}\n"}, Trust.NONE)
    assert leaks(found) == [8]
    assert (found.suppressions.honoured, len(found.suppressions.findings)) == (False, 1)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("skillaudit.toml", '[[ignore]]\ncheck = "SA302"\npath = "ser*.py"\nreason = "a test account"\n'),
        (
            "pyproject.toml",
            '[[tool.skillaudit.ignore]]\ncheck = "SA302"\nreason = "a test account"\nuntil = 2027-01-31\n',
        ),
    ],
)
def test_a_settings_file_sets_findings_aside(tmp_path: Path, name: str, text: str) -> None:
    found = report(tmp_path, {"server.py": f"{SERVER}    {LEAK}\n", name: text})
    assert leaks(found) == []
    assert [one.place.path for one in found.suppressions.findings] == [name]


def test_a_settings_file_speaks_for_the_paths_it_names(tmp_path: Path) -> None:
    text = '[[ignore]]\ncheck = "SA302"\npath = "other/*"\nreason = "a test account"\n'
    found = report(tmp_path, {"server.py": f"{SERVER}    {LEAK}\n", "skillaudit.toml": text})
    assert leaks(found) == [8]
    assert problems(found) == ["SA302 is ignored here and not found: remove the suppression"]


def test_a_check_on_the_whole_package_can_be_set_aside(tmp_path: Path) -> None:
    text = '[[ignore]]\ncheck = "SA201"\nreason = "read by people only"\n'
    found = report(tmp_path, {"server.py": f"{SERVER}    log.info('up')\n", "skillaudit.toml": text})
    verdict = next(one.verdict for one in found.checks if one.check.id == "SA201")
    assert (verdict.outcome.value, verdict.reason) == (
        "not_applicable",
        "set aside at skillaudit.toml:1: read by people only",
    )


def test_the_last_day_passes(tmp_path: Path) -> None:
    found = report(tmp_path, {"server.py": f"{SERVER}    {LEAK}  # {WISH} until=2026-11-20\n"})
    assert leaks(found) == [8]
    assert problems(found) == ["SA302 is no longer ignored: until=2026-11-20 has passed"]
    again = report(tmp_path, {"server.py": f"{SERVER}    {LEAK}  # {WISH} until={AS_OF}\n"})
    assert leaks(again) == []


@pytest.mark.parametrize(
    ("comment", "problem"),
    [
        ("skillaudit: ignore[SA302]", 'SA302 is not ignored: give a reason="..."'),
        ('skillaudit: ignore[SA302] reason=" "', 'SA302 is not ignored: give a reason="..."'),
        ('skillaudit: ignore[ALL] reason="x"', "`ALL` is no check: ignored findings are named one by one"),
        ('skillaudit: ignore[SA302] reason="x" until=soon', "SA302 is not ignored: until=soon is no date"),
    ],
)
def test_what_is_not_honoured_is_said(tmp_path: Path, comment: str, problem: str) -> None:
    found = report(tmp_path, {"server.py": f"{SERVER}    {LEAK}  # {comment}\n"})
    assert leaks(found) == [8]
    assert problems(found) == [problem]


@pytest.mark.parametrize("comment", ["# {}", "// {}", "/* {} */", "-- {}", "<!-- {} -->", "; {}", "   * {}"])
def test_comments_of_every_language(tmp_path: Path, comment: str) -> None:
    heard = settings(tmp_path, {"a.yaml": f"x: 1 {comment.format(WISH)}\n"})
    assert [(one.check, one.reason, one.line) for one in heard.ignores] == [("SA302", "a test account", 1)]


def test_text_that_is_no_comment_is_not_heard(tmp_path: Path) -> None:
    assert settings(tmp_path, {"a.py": f"x = '{WISH}'\n"}).ignores == ()


def test_several_checks_in_one_comment(tmp_path: Path) -> None:
    heard = settings(tmp_path, {"a.py": 'x = 1  # skillaudit: ignore[SA302, SA303] reason="both"\n'})
    assert [one.check for one in heard.ignores] == ["SA302", "SA303"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[[ignore", "cannot be read: "),
        ("ignore = [3]\n", "an ignore table holds check, path, reason and until, all of them text"),
        ('[[ignore]]\ncheck = "SA302"\n', 'SA302 is not ignored: give a reason="..."'),
        ("x = " + "[" * 5000, "cannot be read: "),
    ],
)
def test_broken_settings_are_a_problem(tmp_path: Path, text: str, problem: str) -> None:
    heard = settings(tmp_path, {"skillaudit.toml": text, "a.py": "x = 1\n"})
    assert heard.ignores == ()
    assert [one.text.startswith(problem) for one in heard.problems] == [True]

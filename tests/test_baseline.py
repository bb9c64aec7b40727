"""Accepted findings: what a baseline holds, what it does not hide, and when they come back."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from audits import write_tree
from click.testing import CliRunner, Result

from skillaudit.baseline import BASELINE_FILE, BaselineEntry, InvalidBaselineError, parse_baseline, render_baseline
from skillaudit.cli import cli
from skillaudit.errors import ExitCode, RefusedError

LEAK = 'log.info("key %s", os.environ["API_KEY"])\n'
SERVER = (
    "import logging\nimport os\n\nlog = logging.getLogger(__name__)\nlogging.basicConfig(level=logging.INFO)\n\n"
    "def start() -> None:\n"
)
ENTRY = BaselineEntry("SA302", "server.py", "a" * 32, "b" * 32, "2027-01-31", "a test account")


@pytest.fixture(autouse=True, scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SKILLAUDIT_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield


def run(*arguments: str) -> Result:
    done = CliRunner().invoke(cli, list(arguments), standalone_mode=False)
    assert done.exception is None, done.exception
    return done


def audited(folder: Path, *options: str) -> tuple[int, dict[str, Any]]:
    done = run("audit", str(folder), "--format", "json", "--as-of", "2026-11-21", "--offline", *options)
    return int(done.return_value), json.loads(done.stdout)


def leaks(report: dict[str, Any]) -> list[str]:
    return [one["status"] for one in report["findings"] if one["check"] == "SA302"]


@pytest.fixture
def accepted(tmp_path: Path) -> Path:
    """A server with one leak, all findings of which are accepted."""
    write_tree(tmp_path, {"server.py": SERVER + "    " + LEAK})
    assert run("baseline", "write", str(tmp_path), "--reason", "before the release").return_value == ExitCode.DONE
    return tmp_path


def test_accepted_findings_are_not_new_and_still_shown(accepted: Path) -> None:
    code, report = audited(accepted, "--fail-on", "new-low")
    assert (code, leaks(report)) == (ExitCode.DONE, ["existing"])
    assert report["change"]["base"] == "the baseline"


def test_edits_above_do_not_matter(accepted: Path) -> None:
    write_tree(accepted, {"server.py": "# one more line\n" + SERVER + "\n    " + LEAK})
    assert audited(accepted, "--fail-on", "new-low")[0] == ExitCode.DONE


def test_a_second_leak_in_the_same_file_is_not_hidden(accepted: Path) -> None:
    write_tree(accepted, {"server.py": SERVER + "    " + LEAK + "    " + LEAK})
    code, report = audited(accepted, "--fail-on", "new-high")
    assert (code, sorted(leaks(report))) == (ExitCode.BELOW_DEMAND, ["existing", "new"])


def test_nothing_is_accepted_where_the_owner_is_not_trusted(accepted: Path) -> None:
    code, report = audited(accepted, "--trust", "none", "--fail-on", "new-high")
    assert (code, report["change"]) == (ExitCode.BELOW_DEMAND, None)


def test_the_caller_may_bring_a_baseline(accepted: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("mine") / "accepted.json"
    (accepted / BASELINE_FILE).rename(elsewhere)
    code, report = audited(accepted, "--trust", "none", "--baseline", str(elsewhere), "--fail-on", "new-low")
    assert (code, leaks(report)) == (ExitCode.DONE, ["existing"])


def test_an_expired_entry_comes_back(accepted: Path) -> None:
    run("baseline", "write", str(accepted), "--until", "2026-11-20")
    code, report = audited(accepted, "--fail-on", "new-high")
    assert (code, leaks(report)) == (ExitCode.BELOW_DEMAND, ["new"])


def test_it_holds_no_code_and_no_secret(tmp_path: Path) -> None:
    write_tree(
        tmp_path, {"server.py": SERVER + '    log.info("Bearer sk-live-' + "9f8e7d6c5b4a" * 3 + '")\n    ' + LEAK}
    )
    run("baseline", "write", str(tmp_path))
    text = (tmp_path / BASELINE_FILE).read_text(encoding="utf-8")
    assert "SA302" in text
    assert not any(word in text for word in ("API_KEY", "log.info", "9f8e7d6c"))


def test_check_and_update_follow_what_was_fixed(accepted: Path) -> None:
    assert run("baseline", "check", str(accepted)).return_value == ExitCode.DONE
    write_tree(accepted, {"server.py": SERVER + "    pass\n"})
    stale = run("baseline", "check", str(accepted))
    assert (stale.return_value, "no longer occurs: SA302 server.py" in stale.stdout) == (ExitCode.BELOW_DEMAND, True)
    run("baseline", "update", str(accepted))
    assert run("baseline", "check", str(accepted)).return_value == ExitCode.DONE
    assert "SA302" not in (accepted / BASELINE_FILE).read_text(encoding="utf-8")


def test_update_follows_a_renamed_file_and_keeps_the_terms(accepted: Path) -> None:
    (accepted / "server.py").rename(accepted / "service.py")
    run("baseline", "update", str(accepted))
    entry = next(
        one for one in parse_baseline((accepted / BASELINE_FILE).read_text(encoding="utf-8")) if one.check == "SA302"
    )
    assert (entry.path, entry.reason) == ("service.py", "before the release")


def test_it_reads_what_it_writes() -> None:
    assert parse_baseline(render_baseline([ENTRY])) == (ENTRY,)
    assert parse_baseline(render_baseline([])) == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "the baseline is no JSON"),
        ("[" * 100_000, "the baseline is no JSON"),
        ("[]", "the baseline is not of version 1"),
        ('{"version": 2, "findings": []}', "the baseline is not of version 1"),
        ('{"version": 1}', "the baseline lists no findings"),
        ('{"version": 1, "findings": [3]}', "a finding of the baseline is no table of texts"),
        ('{"version": 1, "findings": [{"line": "3"}]}', "a finding of the baseline has other keys than this version"),
    ],
)
def test_what_is_no_baseline_is_refused(text: str, reason: str) -> None:
    with pytest.raises(InvalidBaselineError, match=reason):
        parse_baseline(text)


def test_a_damaged_baseline_in_the_repository_is_a_problem_and_hides_nothing(accepted: Path) -> None:
    (accepted / BASELINE_FILE).write_text("{", encoding="utf-8")
    code, report = audited(accepted, "--fail-on", "new-high")
    assert code == ExitCode.BELOW_DEMAND
    assert [one["text"] for one in report["suppressions"]["problems"]] == ["the baseline is no JSON"]


def test_a_baseline_that_the_caller_names_must_be_there(tmp_path: Path) -> None:
    write_tree(tmp_path, {"server.py": SERVER + "    pass\n"})
    done = CliRunner().invoke(
        cli, ["audit", str(tmp_path), "--baseline", str(tmp_path / "none.json")], standalone_mode=False
    )
    assert isinstance(done.exception, RefusedError)

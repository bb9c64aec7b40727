"""A command that cannot do its work says so in one clean line."""

import sys
from pathlib import Path

import pytest
from commandline import run

from skillaudit import cli
from skillaudit.errors import AcquireError, ExitCode


@pytest.mark.parametrize(
    "arguments",
    [
        ["audit", "--format", "yaml"],
        ["audit", "--format", "json="],
        ["audit", "--format", "json", "--format", "sarif"],
        ["audit", "--format", "json=a", "--output", "b"],
        ["audit", "--fail-under", "E"],
        ["audit", "--as-of", "yesterday"],
        ["audit", "--output", "no/such/folder/r.json"],
        ["audit", "--jobs", "0"],
        ["audit", "--no-such-option"],
        ["explain", "SA999"],
        ["audit", "https://user:secret@example.org/x"],
    ],
)
def test_usage_errors(arguments: list[str]) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (ExitCode.USAGE, "")
    assert "Traceback" not in done.stderr
    assert "secret" not in done.stderr


def test_nothing_to_audit_is_one_line(tmp_path: Path) -> None:
    done = run("audit", tmp_path / "gone")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (ExitCode.NOTHING_AUDITED, "", 1)


@pytest.mark.parametrize(
    ("error", "code"),
    [(AcquireError("no\x1b[31m tree\nhere"), ExitCode.NOTHING_AUDITED), (KeyError("a secret"), ExitCode.INTERNAL)],
)
def test_every_failure_is_one_clean_line(
    error: Exception, code: ExitCode, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise error

    monkeypatch.setattr("skillaudit.commands.run_checks", fail)
    monkeypatch.setattr(sys, "argv", ["skillaudit", "checks"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    shown = capsys.readouterr().err
    assert ended.value.code == code
    assert shown.count("\n") == 1
    assert "\x1b" not in shown
    assert "a secret" not in shown

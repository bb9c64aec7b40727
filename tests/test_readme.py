"""What README.md promises is what is there."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from skillaudit.check import load_checks
from skillaudit.cli import cli
from skillaudit.errors import ExitCode

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "examples/weather-server/README.md")


def _first_cells(heading: str) -> list[str]:
    """The first column of the table whose heading row begins so."""
    table = README.partition(f"\n| {heading}")[2].partition("\n\n")[0]
    return [line.split("|")[1].strip() for line in table.splitlines()[2:]]


def _options() -> Iterator[str]:
    command = cli.commands["audit"]
    yield from (option.opts[0] for option in command.params if isinstance(option, click.Option))


def test_every_option_is_listed_and_no_other() -> None:
    listed = [re.split(r"[ \[=`]", cell.strip("`"))[0] for cell in _first_cells("option |")]
    assert sorted(listed) == sorted(_options())


def test_every_exit_code_is_listed() -> None:
    assert [int(cell) for cell in _first_cells("exit code |")] == [code.value for code in ExitCode]


def test_every_check_is_listed() -> None:
    assert _first_cells("check | asks") == [check.id for check in load_checks()]


def test_continuous_integration_runs_the_command_that_is_given() -> None:
    command = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1]
    assert f"```sh\n{command}\n```" in README


def test_the_sample_is_what_the_auditor_prints() -> None:
    argv = [sys.executable, "-m", "skillaudit.cli", "audit", "examples/weather-server", "--no-cache", "--offline"]
    printed = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    sample = README.partition("<!-- sample -->\n```text\n")[2].partition("\n```")[0].splitlines()
    assert len(sample) > 10
    assert [
        line for line in sample if line.strip() not in {"", "..."} and " as of " not in line and line not in printed
    ] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document: str) -> None:
    place = ROOT / document
    links = re.findall(r"\]\((?!https?:)([^)#]+)", place.read_text(encoding="utf-8"))
    assert [link for link in links if not (place.parent / link).exists()] == []

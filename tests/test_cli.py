import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from commandline import COMMAND, ENVIRONMENT, SERVER, run

from skillaudit import __version__, cli
from skillaudit.errors import ExitCode
from skillaudit.manual import AUDIT


@pytest.fixture
def server(tmp_path: Path) -> Path:
    folder = tmp_path / "server"
    folder.mkdir()
    (folder / "server.py").write_text(SERVER)
    (folder / "pyproject.toml").write_text('[project]\nname = "demo"\nversion = "1"\ndependencies = ["mcp"]\n')
    return folder


def test_version_costs_click_only() -> None:
    code = "import sys\nfrom skillaudit import cli\nprint(*sys.modules)"
    loaded = set(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    )
    assert not loaded & {
        "rich",
        "jinja2",
        "libcst",
        "git",
        "msgspec",
        "yaml",
        "skillaudit.pipeline",
        "skillaudit.model",
    }
    assert run("--version").stdout == f"skillaudit {__version__}\n"


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("audit --format ev", ["plain,evidence", "plain,evidence-json"]),
        ("explain sa60", [f"plain,SA60{number}" for number in (1, 2, 3, 4, 6, 5)]),
        ("audit --base-t", ["plain,--base-tree"]),
        ("audit serv", ["dir,serv"]),
        ("audit --base-tree ol", ["dir,ol"]),
        ("tools --lock too", ["file,too"]),
        ("sarif check rep", ["file,rep"]),
    ],
)
def test_a_shell_completes(words: str, completed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMP_WORDS", f"skillaudit {words}")
    monkeypatch.setenv("COMP_CWORD", str(len(words.split())))
    monkeypatch.setenv("_SKILLAUDIT_COMPLETE", "bash_complete")
    done = CliRunner().invoke(cli.cli, prog_name="skillaudit")
    assert sorted(done.stdout.split()) == sorted(completed)


def test_audit_writes_every_output(server: Path, tmp_path: Path) -> None:
    files = [f"--format=json={tmp_path}/r.json", f"--format=sarif={tmp_path}/r.sarif"]
    done = run("audit", server, "--format", "console", *files, "--as-of", "2026-11-21")
    assert (done.returncode, done.stdout.startswith("Grade ")) == (0, True)
    assert "\x1b" not in done.stdout
    report = json.loads((tmp_path / "r.json").read_text())
    assert [tool["name"] for tool in report["inventory"]["tools"]] == ["add"]
    assert (report["subject"]["as_of"], report["grades"]["observability"]["score"]) == ("2026-11-21", 0.0)
    assert json.loads((tmp_path / "r.sarif").read_text())["version"] == "2.1.0"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.json", "r.sarif", "server"]


def test_fail_under_and_output(server: Path, tmp_path: Path) -> None:
    done = run("audit", server, "--format", "json", "--output", tmp_path / "r.json", "--fail-under", "A")
    assert (done.returncode, done.stdout) == (ExitCode.BELOW_DEMAND, "")
    assert json.loads((tmp_path / "r.json").read_text())["grades"]["overall"]["letter"] != "A"


def test_not_graded_is_below_every_demand(tmp_path: Path) -> None:
    (tmp_path / "main.rs").write_text("fn main() {}\n" * 50)
    (tmp_path / "Cargo.toml").write_text('[package]\nname = "x"\nversion = "1.0.0"\n')
    done = run("audit", tmp_path, "--fail-under", "D")
    assert done.stdout.startswith("Grade not graded")
    assert done.returncode == ExitCode.BELOW_DEMAND


@pytest.mark.parametrize(("broken", "code"), [(True, ExitCode.PARTIAL), (False, ExitCode.DONE)])
def test_strict_fails_on_what_was_not_seen(server: Path, code: ExitCode, *, broken: bool) -> None:
    if broken:
        (server / "other.py").write_text("from mcp import tool\nimport logging\n" + "(" * 400 + "\n")
    assert run("audit", server, "--strict").returncode == code


def test_help_names_each_option_once_under_a_topic() -> None:
    text = CliRunner().invoke(cli.cli, ["audit", "--help"]).output
    command = cli.cli.commands["audit"]
    names = [name for one in command.params for name in one.opts if name.startswith("--")]
    assert [name for name in names if len(re.findall(rf"^  {name}\b(?!-)", text, re.MULTILINE)) != 1] == []
    assert (
        text.index("What is audited:")
        < text.index("Other options:")
        < text.index("Examples:")
        < text.index("Exit codes:")
    )


def test_the_examples_of_the_help_are_command_lines() -> None:
    lines = re.findall(r"^  skillaudit audit *(.*)$", AUDIT, re.MULTILINE)
    assert len(lines) > 3
    for line in lines:
        cli.cli.commands["audit"].make_context("audit", line.split())


def test_checks_and_explain() -> None:
    assert "SA302  HIGH    security     " in run("checks").stdout
    assert run("explain", "sa302").stdout.startswith("# SA302: ")


def test_a_reader_that_leaves_is_no_error(server: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    command = [*COMMAND, "audit", str(server), "--no-cache"]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, env=ENVIRONMENT, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")

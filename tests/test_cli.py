import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from skillaudit import __version__, cli
from skillaudit.errors import AcquireError, ExitCode

SERVER = '''
import logging
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("demo")


@mcp.tool()
def add(a: int, b: int) -> int:
    """Add two numbers."""
    return a + b


if __name__ == "__main__":
    mcp.run()
'''


@pytest.fixture
def server(tmp_path: Path) -> Path:
    folder = tmp_path / "server"
    folder.mkdir()
    (folder / "server.py").write_text(SERVER)
    (folder / "pyproject.toml").write_text('[project]\nname = "demo"\nversion = "1"\ndependencies = ["mcp"]\n')
    return folder


COMMAND = [sys.executable, "-P", "-c", "from skillaudit.cli import main; main()"]
ENVIRONMENT = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(cli.__file__).parents[1])}


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT, check=False)


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


def _running(parent: int, sign: str) -> bool:
    """Whether the process, or a child of one of its threads, has this in its command line."""
    family = [str(parent)]
    for children in Path(f"/proc/{parent}/task").glob("*/children"):
        with suppress(OSError):
            family += children.read_text().split()
    with suppress(OSError):
        return any(sign in Path(f"/proc/{one}/cmdline").read_text() for one in family)
    return False


def _descendants(marker: str) -> list[str]:
    """Processes that have this folder in their environment."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if marker.encode() in (process / "environ").read_bytes() and process.name != str(os.getpid()):
                found.append((process / "cmdline").read_bytes().decode())
    return found


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("moment", ["worker", "engine", "tree"])
def test_a_signal_leaves_no_files_and_no_processes(tmp_path: Path, number: signal.Signals, moment: str) -> None:
    """The audit is ended while a worker parses, while the rule engine runs, and as soon as there is a tree."""
    tree, private = tmp_path / "tree", tmp_path / "private"
    private.mkdir()
    for n in range(40):
        for name, text in (("py", SERVER * 30), ("ts", "export const tool = server.registerTool('a', {}, f);\n" * 400)):
            (tree / f"p{n}").mkdir(parents=True, exist_ok=True)
            (tree / f"p{n}" / f"server.{name}").write_text(text)
    environment = ENVIRONMENT | {"TMPDIR": str(private)}
    command = [*COMMAND, "audit", str(tree), "--no-cache"]
    audit = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    signs = {"worker": "from skillaudit.worker", "engine": "semgrep-core", "tree": "skillaudit.cli"}
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and not (list(private.iterdir()) and _running(audit.pid, signs[moment])):
        time.sleep(0.01)
    audit.send_signal(number)
    said, errors = audit.communicate(timeout=10)
    assert (audit.returncode, said, errors) == (-number, b"", f"skillaudit: ended by {number.name}\n".encode())
    assert list(private.iterdir()) == []
    assert _descendants(str(private)) == []

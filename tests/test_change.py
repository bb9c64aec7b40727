"""A repository with a base and the pull requests that happen to it: what is new, what is not, and the exit code."""

import json
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from audits import made_up_advisories
from click.testing import CliRunner

from skillaudit import gather as gathering
from skillaudit import pipeline
from skillaudit.cli import cli
from skillaudit.errors import ExitCode
from skillaudit.gather import Gathered

LEAK = '    log.info("login", extra={"password": os.environ["DB_PASSWORD"]})\n'
SERVER = '''\
import logging
import os
import sys

from mcp.server.fastmcp import FastMCP
from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from pythonjsonlogger.json import JsonFormatter

log = logging.getLogger("server")
stream = logging.StreamHandler(sys.stderr)
stream.setFormatter(JsonFormatter())
log.addHandler(stream)
provider = LoggerProvider()
provider.add_log_record_processor(BatchLogRecordProcessor(OTLPLogExporter()))
log.addHandler(LoggingHandler(logger_provider=provider))
mcp = FastMCP("server")


@mcp.tool()
def add(a: int, b: int) -> int:
    """Add two numbers."""
    log.info("tool_call", extra={"event": "tool_call", "tool": "add"})
    return a + b


def connect() -> None:
    """Log in."""
{body}    log.info("connected", extra={{"event": "connected"}})


if __name__ == "__main__":
    connect()
    mcp.run(transport="streamable-http")
'''
SILENT_TOOL = '''\
@mcp.tool()
def subtract(a: int, b: int) -> int:
    """Subtract a number from another."""
    return a - b


def connect() -> None:
'''
EXPORTER = "provider.add_log_record_processor(BatchLogRecordProcessor(OTLPLogExporter()))\n"
PROJECT = (
    '[project]\nname = "server"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = ["demo-web=={version}"]\n'
)
LOCK = """\
version = 1
requires-python = ">=3.11"

[[package]]
name = "server"
version = "1"
source = {{ editable = "." }}
dependencies = [{{ name = "demo-web" }}]

[[package]]
name = "demo-web"
version = "{version}"
source = {{ registry = "https://packages.example.org/simple" }}
"""
OTHER = "import logging\nimport os\n\nlog = logging.getLogger('server')\n\n\ndef login() -> None:\n"


def server(body: str = "") -> str:
    return SERVER.replace("{body}", body).replace("{{", "{").replace("}}", "}")


@dataclass(frozen=True)
class Result:
    """What one audit of a pull request says."""

    code: int
    report: dict[str, Any]
    errors: str

    def of(self, status: str) -> list[str]:
        """The checks of the findings with a status."""
        return sorted(one["check"] for one in self.report["findings"] if one["status"] == status)

    @property
    def fixed(self) -> list[str]:
        return sorted(one["check"] for one in self.report["change"]["fixed"])

    @property
    def problems(self) -> list[str]:
        return [one["text"] for one in self.report["suppressions"]["problems"]]


class Repository:
    """A repository in a folder; ``base`` is a branch."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.git("init", "-q", "-b", "base")

    def git(self, *arguments: str) -> None:
        who = ("-c", "user.name=n", "-c", "user.email=n@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *who, *arguments], cwd=self.folder, check=True, capture_output=True)  # noqa: S607

    def commit(self, files: Mapping[str, str | None]) -> None:
        for path, text in files.items():
            place = self.folder / path
            if text is None:
                place.unlink()
            else:
                place.write_text(text, encoding="utf-8")
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "a change")

    def audit(self, *options: str) -> Result:
        arguments = ["audit", str(self.folder), "--format", "json", "--as-of", "2026-11-21", "--offline", *options]
        done = CliRunner().invoke(cli, arguments, standalone_mode=False)
        assert done.exception is None, done.exception
        return Result(int(done.return_value), json.loads(done.stdout), done.stderr)


Change = Callable[..., Result]


@pytest.fixture(autouse=True, scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SKILLAUDIT_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def change(tmp_path: Path) -> Change:
    """Audits a head against a base, both given as files; None removes one."""

    def run(base: Mapping[str, str], head: Mapping[str, str | None], *options: str) -> Result:
        repository = Repository(tmp_path / "repository")
        repository.commit(base)
        repository.git("checkout", "-q", "-b", "head")
        repository.commit(head)
        return repository.audit("--base", "base", *(options or ("--fail-on", "new-medium")))

    return run


def test_adds_a_leak(change: Change) -> None:
    result = change({"server.py": server()}, {"server.py": server(LEAK)}, "--fail-on", "new-high")
    assert result.of("new") == ["SA302"]
    assert result.code == ExitCode.BELOW_DEMAND


def test_moves_a_leak(change: Change) -> None:
    result = change(
        {"server.py": server(LEAK), "login.py": "import logging\n"}, {"server.py": server(), "login.py": OTHER + LEAK}
    )
    assert "SA302" in result.of("moved")
    assert (result.of("new"), result.fixed, result.code) == ([], [], ExitCode.DONE)


def test_copies_a_leak(change: Change) -> None:
    result = change({"server.py": server(LEAK)}, {"login.py": OTHER + LEAK})
    assert (result.of("new"), result.code) == (["SA302"], ExitCode.BELOW_DEMAND)
    assert "SA302" in result.of("existing")


def test_a_second_equal_leak_in_the_same_file_is_new(change: Change) -> None:
    result = change({"server.py": server(LEAK)}, {"server.py": server(LEAK + LEAK)})
    assert (result.of("new"), result.code) == (["SA302"], ExitCode.BELOW_DEMAND)


def test_renames_the_file(change: Change) -> None:
    result = change({"server.py": server(LEAK)}, {"server.py": None, "service.py": server(LEAK)})
    assert (result.of("new"), result.fixed, result.code) == ([], [], ExitCode.DONE)
    assert "SA302" in result.of("moved")


def test_adds_a_tool_without_a_record(change: Change) -> None:
    result = change({"server.py": server()}, {"server.py": server().replace("def connect() -> None:\n", SILENT_TOOL)})
    assert (result.of("new"), result.fixed, result.code) == (["SA105", "SA113", "SA114"], [], ExitCode.BELOW_DEMAND)
    assert "adds 1 tool (subtract), which leaves no record" in result.report["change"]["posture"]


def test_a_second_tool_without_a_record_is_a_new_miss_of_a_known_finding(change: Change) -> None:
    silent = server().replace("def connect() -> None:\n", SILENT_TOOL)
    both = silent.replace("def connect() -> None:\n", SILENT_TOOL.replace("subtract", "negate"))
    result = change({"server.py": silent}, {"server.py": both})
    missed = next(one for one in result.report["findings"] if one["check"] == "SA105")
    assert missed["status"] == "new"
    assert missed["new_misses"] == ["tool `negate` leaves no record"]


COMPOSE = "services:\n  server:\n    build: .\n    ports: ['8000:8000']\n"


@pytest.mark.parametrize(("beside", "demand"), [({}, "new-low"), ({"compose.yaml": COMPOSE}, "new-medium")])
def test_removes_the_exporter(change: Change, beside: dict[str, str], demand: str) -> None:
    head = {"server.py": server().replace(EXPORTER, "")}
    result = change({"server.py": server(), **beside}, head, "--fail-on", demand)
    # Without records that leave the host, SA401 tells of the missing alert too.
    told = [] if beside else ["SA501"]
    assert (result.of("new"), result.fixed, result.code) == (["SA401"], told, ExitCode.BELOW_DEMAND)
    assert "removes the log destination OTLP" in result.report["change"]["posture"]
    assert any(text.startswith("SA401") for text in result.report["change"]["posture"])


def test_fixes_a_finding(change: Change) -> None:
    result = change({"server.py": server(LEAK)}, {"server.py": server()})
    assert (result.of("new"), result.fixed, result.code) == ([], ["SA302"], ExitCode.DONE)
    assert not result.report["change"]["grade_drop"]


def test_touches_only_documentation(change: Change) -> None:
    result = change({"server.py": server(LEAK)}, {"README.md": "# A server\n"}, "--fail-on", "new-low")
    assert (result.of("new"), result.of("moved"), result.fixed, result.code) == ([], [], [], ExitCode.DONE)


def test_a_head_without_a_change_is_gathered_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gathered: list[Path] = []
    real = gathering.gather

    def gather(root: Path, *others: Any) -> Gathered:
        gathered.append(root)
        return real(root, *others)

    monkeypatch.setattr(pipeline, "gather", gather)
    repository = Repository(tmp_path / "repository")
    repository.commit({"server.py": server(LEAK), "notes.md": "one\n"})
    result = repository.audit("--base", "base")
    assert ("SA302" in result.of("existing"), result.of("new"), len(gathered)) == (True, [], 1)
    (repository.folder / "notes.md").write_text("two\n", encoding="utf-8")
    result = repository.audit("--base", "base")
    assert ("SA302" in result.of("existing"), result.of("new"), len(gathered)) == (True, [], 3)


def test_edits_above_a_finding_change_nothing(change: Change) -> None:
    longer = server(LEAK).replace("import logging\n", "import logging\n\n# why\n\n")
    result = change({"server.py": server(LEAK)}, {"server.py": longer}, "--fail-on", "new-low")
    assert (result.of("new"), result.of("moved"), result.code) == ([], [], ExitCode.DONE)


def test_suppresses_without_a_reason(change: Change) -> None:
    hidden = server(LEAK.rstrip("\n") + "  # skillaudit: ignore[SA302]\n")
    result = change({"server.py": server()}, {"server.py": hidden})
    assert (result.of("new"), result.code) == (["SA302"], ExitCode.BELOW_DEMAND)
    assert 'SA302 is not ignored: give a reason="..."' in result.problems


@pytest.mark.parametrize(
    "comment",
    ["  # skillaudit: ignore[SA302]", '  # skillaudit: ignore[SA302] reason="a test account" until=2027-01-31'],
)
def test_words_to_the_auditor_make_no_finding_new(change: Change, comment: str) -> None:
    told = server(LEAK.rstrip("\n") + comment + "\n")
    result = change({"server.py": server(LEAK)}, {"server.py": told})
    assert (result.of("new"), result.fixed, result.code) == ([], [], ExitCode.DONE)


def test_what_is_not_honoured_any_more_is_not_new(change: Change) -> None:
    told = server(LEAK.rstrip("\n") + '  # skillaudit: ignore[SA302] reason="a test account"\n')
    demand = ("--trust", "none", "--fail-on", "new-medium")
    result = change({"server.py": told}, {"server.py": server(LEAK)}, *demand)
    assert (result.of("new"), result.fixed, result.code) == ([], [], ExitCode.DONE)


@pytest.mark.parametrize(
    "head",
    [
        {"skillaudit.toml": '[[ignore]]\ncheck = "SA302"\nreason = "trust me"\n', "server.py": server(LEAK)},
        {"server.py": server(LEAK.rstrip("\n") + '  # skillaudit: ignore[SA302] reason="trust me"\n')},
    ],
    ids=["file", "comment"],
)
def test_edits_the_configuration_to_hide(change: Change, head: dict[str, str]) -> None:
    result = change({"server.py": server()}, head)
    assert (result.of("new"), result.code) == (["SA302"], ExitCode.BELOW_DEMAND)
    assert "SA302 is not ignored yet: a suppression counts once it is merged" in result.problems


def test_brings_its_own_baseline_to_hide(change: Change, tmp_path: Path) -> None:
    other = Repository(tmp_path / "other")
    other.commit({"server.py": server(LEAK)})
    done = CliRunner().invoke(cli, ["baseline", "write", str(other.folder)], standalone_mode=False)
    assert done.return_value == ExitCode.DONE
    accepted = (other.folder / "skillaudit-baseline.json").read_text(encoding="utf-8")
    result = change({"server.py": server()}, {"server.py": server(LEAK), "skillaudit-baseline.json": accepted})
    assert (result.of("new"), result.code) == (["SA302"], ExitCode.BELOW_DEMAND)


def test_the_parser_breaks_on_the_base(change: Change) -> None:
    result = change({"server.py": server(LEAK) + "def (:\n"}, {"server.py": server(LEAK)})
    assert (result.of("new"), result.fixed) == (
        ["SA102", "SA106", "SA112", "SA113", "SA114", "SA302", "SA501"],
        ["SA001"],
    )


def test_a_base_that_is_not_there_hides_nothing(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repository")
    repository.commit({"server.py": server(LEAK)})
    result = repository.audit("--base", "nowhere", "--fail-on", "new-high")
    assert "SA302" in result.of("new")
    assert set(result.of("existing")) == set()
    assert result.report["change"]["failed"].startswith("no ref nowhere in ")
    assert result.code == ExitCode.BELOW_DEMAND


def pinned(version: str) -> dict[str, str]:
    """A server that pins ``demo-web``, of which everything before 1.2.0 is vulnerable."""
    project, lock = PROJECT.replace("{version}", version), LOCK.format(version=version)
    return {"server.py": server(), "pyproject.toml": project, "uv.lock": lock}


def test_adds_a_vulnerable_pin(change: Change, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKILLAUDIT_DATA_DIR", str(made_up_advisories().parent))
    result = change(pinned("1.2.0"), pinned("1.1.0"), "--advisories", "local", "--fail-on", "new-high")
    assert (result.of("new"), result.fixed, result.code) == (["SA701"], [], ExitCode.BELOW_DEMAND)
    assert next(one["path"] for one in result.report["findings"] if one["status"] == "new") == "uv.lock"
    assert any(text.startswith("SA701") for text in result.report["change"]["posture"])


def test_replaces_a_vulnerable_pin(change: Change, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKILLAUDIT_DATA_DIR", str(made_up_advisories().parent))
    result = change(pinned("1.1.0"), pinned("1.2.0"), "--advisories", "local", "--fail-on", "new-low")
    assert (result.of("new"), result.fixed, result.code) == ([], ["SA701"], ExitCode.DONE)


def test_a_fork_is_not_believed(change: Change) -> None:
    excuse = '  # skillaudit: ignore[SA302] reason="a test account"\n'
    head = {"login.py": OTHER + LEAK.replace("DB_", "MAIL_").rstrip("\n") + excuse}
    result = change({"server.py": server(LEAK.rstrip("\n") + excuse)}, head, "--trust", "none", "--fail-on", "new-high")
    assert "SA302" in result.of("existing")
    assert (result.of("new"), result.fixed, result.code) == (["SA302"], [], ExitCode.BELOW_DEMAND)
    assert result.report["suppressions"]["honoured"] is False
    assert [one["check"] for one in result.report["suppressions"]["findings"]] == ["SA302"]


def test_what_the_base_set_aside_stays_so_wherever_it_moves(change: Change) -> None:
    excused = LEAK.rstrip("\n") + '  # skillaudit: ignore[SA302] reason="a test account"\n'
    result = change(
        {"server.py": server(excused)}, {"server.py": None, "service.py": server("    print()\n" + excused)}
    )
    assert [one["reason"] for one in result.report["suppressions"]["findings"]] == ["a test account"]
    assert "SA302" not in [one["check"] for one in result.report["findings"]]


def test_a_folder_can_be_the_base(tmp_path: Path) -> None:
    base, head = Repository(tmp_path / "base"), Repository(tmp_path / "head")
    base.commit({"server.py": server()})
    head.commit({"server.py": server(LEAK)})
    result = head.audit("--base-tree", str(base.folder), "--fail-on", "grade-drop")
    assert (result.of("new"), result.code) == (["SA302"], ExitCode.BELOW_DEMAND)
    assert result.report["change"]["grade_drop"] is True


def test_the_hook_of_pre_commit_stops_new_findings_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hooks = Path(__file__).parents[1] / ".pre-commit-hooks.yaml"
    (hook,) = yaml.safe_load(hooks.read_text(encoding="utf-8"))
    repository = Repository(tmp_path / "repository")
    repository.commit({"server.py": server(LEAK), "notes.md": "one\n"})
    monkeypatch.chdir(repository.folder)

    def commit(path: str, text: str) -> int:
        (repository.folder / path).write_text(text, encoding="utf-8")
        done = CliRunner().invoke(cli, [*hook["entry"].split()[1:], "--offline"], standalone_mode=False)
        return int(done.return_value)

    assert commit("notes.md", "two\n") == ExitCode.DONE
    assert commit("server.py", server(LEAK + LEAK.replace("DB_", "MAIL_"))) == ExitCode.BELOW_DEMAND

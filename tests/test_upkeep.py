"""Signs of maintenance: what a step of CI is for, and what hostile files cost."""

import time
import tomllib
from collections.abc import Mapping
from datetime import date
from importlib.resources import files as resources
from pathlib import Path

import pytest
from audits import write_tree

from skillaudit.history import NO_REPOSITORY, History
from skillaudit.inventory import take_inventory
from skillaudit.survey import survey
from skillaudit.upkeep import CiStep, ClientServer, Purpose, Runtime, Upkeep
from skillaudit.upkeeps._purposes import purposes_of, purposes_of_action

TEST, SCAN, UPDATE = Purpose.TEST, Purpose.SCAN, Purpose.UPDATE
WORKFLOW = "on: push\njobs:\n  one:\n    steps:\n      - run: {}\n"
CI = ".github/workflows/ci.yml"


def _survey(folder: Path, files: Mapping[str, str], history: History = NO_REPOSITORY) -> Upkeep:
    write_tree(folder, files)
    return survey(folder, take_inventory(folder), history, "2026-11-21", part=False)


@pytest.mark.parametrize(
    ("command", "purposes"),
    [
        ("uv run --frozen pytest -q tests", {TEST}),
        ("python3.12 -m unittest discover", {TEST}),
        ("go test -race ./...", {TEST}),
        ("pnpm --filter web exec vitest run", {TEST}),
        ("cd server && npx jest --ci", {TEST}),
        ("./gradlew check", {TEST}),
        ("docker compose run app pytest", {TEST}),
        ("pip install pytest", set()),
        ("echo pytest", set()),
        ("git commit -m 'run pytest'", set()),
        ("cat pytest.ini", set()),
        ("npm --prefix web audit --audit-level=high", {SCAN}),
        ("yarn npm audit --all", {SCAN}),
        ("npm audit fix", set()),
        ("if ! npm audit; then exit 1; fi", {SCAN}),
        ("uvx pip-audit==2.9.0 -r requirements.txt", {SCAN}),
        ("pip install pip-audit && pip-audit", {SCAN}),
        ("go run golang.org/x/vuln/cmd/govulncheck@latest ./...", {SCAN}),
        ("osv-scanner scan source -r .", {SCAN}),
        ("snyk test --all-projects", {SCAN}),
        ("trivy fs .", {SCAN}),
        ("npm run audit-log", set()),
        ("npx npm-check-updates -u", {UPDATE}),
        ("uv lock --upgrade", {UPDATE}),
        ("uv lock --check", set()),
    ],
)
def test_what_a_command_is_for(command: str, purposes: set[Purpose]) -> None:
    assert purposes_of(command) == purposes


def test_what_an_action_is_for() -> None:
    for name in (
        "actions/dependency-review-action",
        "aquasecurity/trivy-action",
        "google/osv-scanner-action/osv-scanner-action",
    ):
        assert purposes_of_action(name) == {SCAN}
    for name in ("actions/checkout", "SonarSource/sonarqube-scan-action", "github/codeql-action/analyze"):
        assert purposes_of_action(name) == set()


@pytest.mark.parametrize(
    ("command", "files"),
    [
        ("make verify", {"Makefile": "RUN ?= go test\n.PHONY: verify\nverify: unit\nunit:\n\t$(RUN) ./...\n"}),
        ("just test", {"justfile": "test:\n    cargo test\n"}),
        ("task ci", {"Taskfile.yml": "tasks:\n  ci:\n    cmds:\n      - pytest\n"}),
        (
            "cargo make check",
            {"Makefile.toml": "[tasks]\nt = {command = 'cargo', args = ['nextest']}\ncheck = {dependencies = ['t']}\n"},
        ),
        ("uv run poe check", {"pyproject.toml": '[tool.poe.tasks]\ncheck = ["unit"]\nunit = "pytest"\n'}),
        ("bash ci/all.sh", {"ci/all.sh": "#!/bin/sh\npytest\n"}),
        ("yarn workspace web run verify", {"web/package.json": '{"scripts": {"verify": "vitest run"}}'}),
    ],
)
def test_what_stands_behind_a_short_name(tmp_path: Path, command: str, files: dict[str, str]) -> None:
    signs = _survey(tmp_path, {CI: WORKFLOW.format(command), **files})
    assert TEST in {step.purpose for step in signs.of(CiStep)}


def test_a_target_that_calls_itself_comes_to_an_end(tmp_path: Path) -> None:
    signs = _survey(tmp_path, {CI: WORKFLOW.format("make a"), "Makefile": "a: b\n\tmake b\nb: a\n\tmake a\n"})
    assert list(signs.of(CiStep)) == []


def test_a_version_bounded_from_above_alone_is_required(tmp_path: Path) -> None:
    manifest = '[project]\nname = "x"\ndependencies = []\nrequires-python = "{}"\n'
    code = {"x.py": "a = 1\nb = 2\nc = 3\n"}
    newest = {}
    for number, wanted in enumerate((">=3.8", ">=3.8,<3.10", "==3.9.*", "~=3.8", "<4", ">=3.7,!=3.8.1,<3.9")):
        signs = _survey(tmp_path / str(number), {"pyproject.toml": manifest.format(wanted), **code})
        newest[wanted] = [one.version for one in signs.of(Runtime)]
    assert newest == {
        ">=3.8": [], ">=3.8,<3.10": ["3.9"], "==3.9.*": ["3.9"], "~=3.8": [], "<4": [], ">=3.7,!=3.8.1,<3.9": ["3.8"],
    }  # fmt: skip


def test_clients_in_all_their_forms(tmp_path: Path) -> None:
    signs = _survey(
        tmp_path,
        {
            "a.mcp.json": '{"mcpServers": {"a": {"command": "uv", "args": ["tool", "run", "a-server"]}}}',
            "opencode.json": '{"mcp": {"b": {"type": "local", "command": ["bun", "x", "b-server@1.0.0"]}}}',
            ".vscode/mcp.json": '{"servers": {"c": {"command": "npx", "args": ["-p", "c-pkg", "c"]}, "d": {}}}',
            "mcp.json": '{"servers": {"e": {"command": "npx", "args": ["./local"]}, "f": {"command": 7, "args": "x"}}}',
        },
    )
    assert {(one.package, one.pinned) for one in signs.of(ClientServer)} == {
        ("a-server", False), ("b-server", True), ("c-pkg", False),
    }  # fmt: skip


HOSTILE = {
    CI: WORKFLOW.format("npm " + "-a exec " * 400) + "      - run: uv run " + "-a b " * 700 + "\n",
    ".github/workflows/deep.yml": "a: " + "[" * 3000,
    ".github/workflows/many.yml": "on: push\njobs:\n  a:\n    steps:\n      - run: |\n"
    + "          npm -a -a -a\n" * 9000,
    ".mcp.json": "/*" * 100_000,
    "mcp.json": '\\"' * 100_000,
    "SECURITY.md": "\n" * 200_000 + "include " * 20_000,
    "requirements.txt": "\n" * 200_000,
    "Dockerfile": "FROM " + "a:" * 100_000 + "\n" + "FROM --x " * 10_000,
    "Makefile": ("a " * 300 + "\n") * 400 + "b" * 100_000,
    "pyproject.toml": "[project]\nname = 'x'\n" + "a." * 50_000 + "b = 1\n",
    "package.json": "[" * 50_000,
    "renovate.json": "enabled" * 50_000,
}


def test_hostile_files_are_gaps_within_seconds(tmp_path: Path) -> None:
    started = time.process_time()
    signs = _survey(tmp_path, HOSTILE)
    assert time.process_time() - started < 8
    assert {".github/workflows/deep.yml", ".github/workflows/many.yml"} <= {gap.path for gap in signs.gaps}


def test_what_git_could_not_tell_is_a_gap(tmp_path: Path) -> None:
    reasons = {
        gap.reason
        for number, history in enumerate((History(trouble="broken"), History(shallow=True), NO_REPOSITORY))
        for gap in _survey(tmp_path / str(number), {"a.py": "x = 1\n"}, history).gaps
        if gap.kind == "history"
    }
    assert reasons == {"broken", "the repository is shallow: older commits and tags are not there"}


def test_every_date_of_an_end_has_a_source() -> None:
    table = tomllib.loads((resources("skillaudit.upkeeps") / "endoflife.toml").read_text(encoding="utf-8"))
    assert set(table) == {"Python", "Node.js", "Go", "Debian", "Ubuntu", "Alpine"}
    for known in table.values():
        assert known["source"].startswith("https://")
        assert date.fromisoformat(known["checked"][-10:]) <= date(2026, 11, 21)
        assert known["kind"].startswith(("published schedule", "rule"))
        ends = known["ends"]
        assert list(ends) == sorted(ends, key=lambda one: [int(part) for part in one.split(".")])
        assert [date.fromisoformat(end).isoformat() for end in ends.values()] == list(ends.values())

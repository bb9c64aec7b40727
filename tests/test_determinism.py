"""The same tree gives the same bytes, however, wherever and how often it is audited."""

import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from audits import AS_OF, server, write_tree
from commandline import CommandLine

GO = """package main

import (
	"log/slog"
	"os"
)

func main() {
	slog.Info("started", "key", os.Getenv("STORE_API_KEY"))
}
"""


def mixed() -> dict[str, str]:
    """Two leaky servers and a Go file in one repository: every engine has something to do."""
    files = {
        f"{name}/{path}": text for name in ("leaky-python", "leaky-typescript") for path, text in server(name).items()
    }
    return files | {"store/main.go": GO, "store/go.mod": "module example.org/store\n\ngo 1.24\n"}


class Auditor:
    """Audits a folder from inside and keeps what every format says."""

    def __init__(self, line: CommandLine) -> None:
        self.line = line

    def __call__(self, tree: Path, *arguments: str, address: str = ".") -> tuple[str, str, str]:
        out = self.line.home / "out"
        out.mkdir(exist_ok=True)
        formats = [f"--format={name}={out}/{name}" for name in ("json", "sarif", "console")]
        ran = self.line.run("audit", address, *formats, "--as-of", AS_OF, *arguments, cwd=tree)
        assert (ran.code, ran.out, ran.err) == (0, "", "")
        shown = [(out / name).read_text() for name in ("json", "sarif", "console")]
        return shown[0], shown[1], shown[2]


@pytest.fixture(scope="module")
def auditor(tmp_path_factory: pytest.TempPathFactory) -> Auditor:
    return Auditor(CommandLine(tmp_path_factory.mktemp("line")))


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("first")
    write_tree(folder, mixed())
    return folder


@pytest.fixture(scope="module")
def expected(auditor: Auditor, tree: Path) -> tuple[str, str, str]:
    return auditor(tree, "--no-cache", "--jobs", "1")


def test_there_is_something_to_compare(expected: tuple[str, str, str]) -> None:
    report = json.loads(expected[0])
    assert len(report["findings"]) > 20
    assert {one["path"].rpartition(".")[2] for one in report["findings"]} >= {"py", "ts", "go"}
    assert len(json.loads(expected[1])["runs"][0]["results"]) == len(report["findings"])


@pytest.mark.parametrize("arguments", [["--no-cache", "--jobs", "1"], ["--no-cache", "--jobs", "2"], ["--no-cache"]])
def test_the_number_of_processes_does_not_matter(
    auditor: Auditor, tree: Path, expected: tuple[str, str, str], arguments: Sequence[str]
) -> None:
    assert auditor(tree, *arguments) == expected


def test_the_cache_does_not_matter(auditor: Auditor, tree: Path, expected: tuple[str, str, str]) -> None:
    cache = auditor.line.home / ".cache" / "skillaudit"
    assert not cache.exists()
    assert auditor(tree, "--jobs", "2") == expected
    filled = len(list(cache.iterdir()))
    assert filled > 10
    assert auditor(tree) == expected
    assert auditor(tree, "--jobs", "1") == expected
    assert len(list(cache.iterdir())) == filled


def test_a_cache_of_another_tree_does_not_matter(auditor: Auditor, tree: Path, tmp_path: Path) -> None:
    """Files with the same bytes lie elsewhere, so their surface and package differ."""
    moved = {path.replace("leaky-python/src", "leaky-python/tests"): text for path, text in mixed().items()}
    write_tree(tmp_path / "moved", moved)
    auditor(tree)
    assert auditor(tmp_path / "moved") == auditor(tmp_path / "moved", "--no-cache")


def test_folder_names_and_the_order_of_files_do_not_matter(
    auditor: Auditor, tmp_path: Path, expected: tuple[str, str, str]
) -> None:
    other = tmp_path / "tests" / "examples" / "node_modules" / "another name"
    write_tree(other, dict(reversed(mixed().items())))
    assert auditor(other, "--no-cache") == expected


def test_a_copy_with_other_times_and_modes_is_the_same(
    auditor: Auditor, tree: Path, tmp_path: Path, expected: tuple[str, str, str]
) -> None:
    shutil.copytree(tree, tmp_path / "copy", copy_function=shutil.copyfile)
    for path in (tmp_path / "copy").rglob("*.py"):
        path.chmod(0o755)
    assert auditor(tmp_path / "copy", "--no-cache") == expected


def test_the_language_of_the_user_does_not_matter(
    auditor: Auditor, tree: Path, expected: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = {"LANG": "tr_TR.UTF-8", "LC_ALL": "C", "TZ": "Pacific/Kiritimati", "COLUMNS": "20", "FORCE_COLOR": "1"}
    monkeypatch.setattr(auditor.line, "environment", auditor.line.environment | odd)
    assert auditor(tree, "--no-cache") == expected


def test_the_address_changes_the_subject_only(
    auditor: Auditor, tree: Path, tmp_path: Path, expected: tuple[str, str, str]
) -> None:
    json_, sarif, console = auditor(tmp_path, "--no-cache", address=str(tree))
    mine, theirs = json.loads(json_), json.loads(expected[0])
    assert (mine["subject"].pop("source"), theirs["subject"].pop("source")) == (str(tree), ".")
    assert _without_hashes(json.dumps(mine)) == _without_hashes(json.dumps(theirs))
    assert _without_hashes(sarif) == _without_hashes(expected[1])
    assert console.splitlines()[0] == expected[2].splitlines()[0]


def _without_hashes(text: str) -> str:
    return re.sub(", #[0-9a-f]{4}]", "]", text)

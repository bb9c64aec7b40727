"""The benchmark measures what it says it measures."""

import ast
import sys
from pathlib import Path

import pytest

from bench.change import BASE, pull_request
from bench.compare import Row, source_lines, take_turns
from bench.generate import files, generate
from bench.measure import Command, CommandFailedError, Measurement, environment, measure
from skillaudit.collect import CollectOptions
from skillaudit.collectors import go, typescript
from skillaudit.pipeline import Options, audit
from skillaudit.report import Status
from skillaudit.source import Source

MEGABYTE = 1 << 20
OPTIONS = Options("2026-11-21", collect=CollectOptions(jobs=1, use_cache=False))

HOLD = "import time; held = bytearray(80 << 20); time.sleep(0.5)"
HOLD_AND_START = f"import subprocess, sys; held = bytearray(80 << 20); subprocess.run([sys.executable, '-c', '{HOLD}'])"


def _python(code: str, home: Path) -> Command:
    return Command([sys.executable, "-c", code], environment(home))


def test_memory_of_children_counts(tmp_path: Path) -> None:
    alone = measure(_python(HOLD, tmp_path))
    both = measure(_python(HOLD_AND_START, tmp_path))
    assert 80 * MEGABYTE < alone.peak < 160 * MEGABYTE
    assert both.peak > alone.peak + 70 * MEGABYTE
    assert alone.seconds >= 0.5


def test_a_failed_command_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(CommandFailedError, match="ended with 3: no such thing"):
        measure(_python("import sys; sys.stderr.write('no such thing'); sys.exit(3)", tmp_path))


def test_the_environment_has_no_cache_of_the_caller(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    monkeypatch.setenv("SKILLAUDIT_CACHE_DIR", "/elsewhere")
    outside = environment(tmp_path)
    assert "XDG_CACHE_HOME" not in outside
    assert outside["SKILLAUDIT_CACHE_DIR"] == str(tmp_path / "cache")


def test_commands_take_turns(tmp_path: Path) -> None:
    log = tmp_path / "log"
    commands = {name: _python(f"open({str(log)!r}, 'a').write({name!r})", tmp_path) for name in "ab"}
    row = take_turns(Row("x", 1), commands, 3)
    assert log.read_text() == "ababab"
    assert [len(row.runs[name]) for name in "ab"] == [3, 3]


def test_a_row_tells_medians() -> None:
    row = Row("x", 1, {"a": [Measurement(9, 3 * MEGABYTE), Measurement(1, MEGABYTE), Measurement(2, 2 * MEGABYTE)]})
    assert (row.seconds("a"), row.peak("a")) == (2, 2)


def test_generated_files_are_alike_every_time_and_never_among_each_other() -> None:
    once, again = list(files(15)), list(files(15))
    assert once == again
    assert len({path for path, _ in once}) == len({text for _, text in once}) == len(once)
    assert once[: 7 * 4] == list(files(4))


def test_generated_code_is_correct() -> None:
    front_ends = {".ts": ("typescript", typescript), ".go": ("go", go)}
    for path, text in files(12):
        if path.suffix == ".py":
            ast.parse(text)
        else:
            language, front_end = front_ends[path.suffix]
            assert front_end.lower(str(path), language, text.encode()).unparsed == 0


def test_a_generated_tree_grows_with_its_size(tmp_path: Path) -> None:
    sizes = []
    for servers in (10, 20, 40):
        generate(tmp_path / str(servers), servers)
        sizes.append(source_lines(tmp_path / str(servers)))
    assert sizes[1] / sizes[0] == pytest.approx(2, rel=0.05)
    assert sizes[2] / sizes[0] == pytest.approx(4, rel=0.05)
    assert sizes[0] > 6000


def test_a_pull_request_is_a_head_behind_a_base(tmp_path: Path) -> None:
    tree, folder = tmp_path / "tree", tmp_path / "folder"
    generate(tree, 1)
    folder.mkdir()
    before = sorted(path.relative_to(tree) for path in tree.rglob("*"))
    report = audit(Source(str(pull_request(tree, folder))), OPTIONS, base=Source(str(folder / "repository"), BASE))
    assert sorted(path.relative_to(tree) for path in tree.rglob("*")) == before
    assert report.change is not None
    assert report.change.failed == ""
    assert report.findings
    assert set(report.change.statuses) == {Status.EXISTING}


def test_only_source_of_the_project_counts(tmp_path: Path) -> None:
    for name in ("a.py", "b.tsx", "README.md", "node_modules/x.js"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("1\n2\n")
    assert source_lines(tmp_path) == 4

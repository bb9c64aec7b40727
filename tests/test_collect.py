import shutil
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from skillaudit import collect as collecting
from skillaudit import ir
from skillaudit.collect import Collected, CollectOptions, collect
from skillaudit.inventory import Inventory, SourceFile, take_inventory
from skillaudit.model import Gap, Language, Surface
from skillaudit.pool import Limits
from skillaudit.relevance import may_matter

ENGINE = """
from skillaudit import ir
from skillaudit.model import Gap

calls = []

def run_rules(files, *, jobs, timeout, cancelled):
    calls.append([path for path, _, _ in files])
    marks, gaps = [], []
    for path, language, source in files:
        if b"MARK" in source:
            start = source.index(b"MARK")
            marks.append(ir.Mark("tool", "rule", path, 1, 1, start, start + 4, (), ()))
        if b"SLOW" in source:
            gaps.append(Gap("not-analysed", path, "rules: timeout"))
        if b"LONG" in source:
            gaps.append(Gap("not-analysed", path, "rules: larger than 1 MiB"))
        if b"ODD" in source:
            gaps.append(Gap("partly-analysed", path, "rules: syntax error at line 1"))
    return tuple(marks), tuple(gaps)
"""

FILES = {
    "src/server.py": "import logging\n\ndef f(x):\n    logging.info(x)  # MARK\n",
    "src/plain.py": "X = 1\n",
    "src/app.ts": "export const f = (x: string) => console.log(x);\n",
    "src/main.go": "package main\n\nfunc main() { println(1) }\n",
    "src/notes.rs": "fn main() {}\n",
    "node_modules/x/index.js": "console.log(1)\n",
}


@pytest.fixture
def options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CollectOptions:
    engine = tmp_path / "engine"
    engine.mkdir()
    (engine / "fake_rule_engine.py").write_text(ENGINE)
    monkeypatch.syspath_prepend(str(engine))
    monkeypatch.setenv("SKILLAUDIT_CACHE_DIR", str(tmp_path / "cache"))
    return CollectOptions(jobs=1, rule_engine="fake_rule_engine")


def _tree(root: Path, files: Mapping[str, str]) -> Path:
    for path, text in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    return root


def _run(root: Path, options: CollectOptions) -> Collected:
    return collect(root, take_inventory(root), options)


def _one(root: Path, path: str, text: str, surface: Surface) -> Inventory:
    """A tree of one file on a surface of the test's choice."""
    inventory = take_inventory(_tree(root, {path: text}))
    return replace(inventory, files=tuple(replace(file, surface=surface) for file in inventory.files), gaps=())


def _forbid(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("a worker was asked")

    monkeypatch.setattr(collecting, "lower_files", fail)


def test_all_that_ships_in_a_known_language_is_lowered(tmp_path: Path, options: CollectOptions) -> None:
    collected = _run(_tree(tmp_path / "tree", FILES), options)
    assert [module.path for module in collected.modules] == [
        "src/app.ts",
        "src/main.go",
        "src/plain.py",
        "src/server.py",
    ]
    assert [(mark.path, mark.fact) for mark in collected.marks] == [("src/server.py", "tool")]
    assert collected.gaps == ()
    assert collected.warnings == ()


@pytest.mark.parametrize("surface", list(Surface))
def test_surface_and_content_decide_what_is_parsed(tmp_path: Path, options: CollectOptions, surface: Surface) -> None:
    silent = _one(tmp_path / "silent", "a.py", "assert f(1)\n", surface)
    writing = _one(tmp_path / "writing", "a.py", "print(f(1))\n", surface)
    read = [
        len(collect(tmp_path / name, tree, options).modules)
        for name, tree in (("silent", silent), ("writing", writing))
    ]
    expected = [surface in {Surface.PRODUCTION, Surface.CLI}, surface.analysed]
    assert read == expected


@pytest.mark.parametrize(
    ("language", "writing", "silent"),
    [
        ("python", "log.info(x)", "fingerprint(x); login(); catalog = dialog"),
        ("python", "sys.stderr.write(x)", "assert token"),
        ("typescript", "console.error(e)", "expect(blueprint).toBe(1)"),
        ("javascript", "logger.warn(x)", "it('logs in', () => catalog())".replace("logs in", "signs in")),
        ("go", 'fmt.Println("x")', 'assert.Equal(t, "x", y)'),
        ("go", "slog.Error(x)", "t.Error(x)"),
        ("go", "sugar.Infow(x)", "sprintfLike(x)"),
    ],
)
def test_what_can_write_matters(language: str, writing: str, silent: str) -> None:
    assert may_matter(language, writing.encode())
    assert not may_matter(language, silent.encode())


def test_a_file_that_fails_is_a_gap_with_its_production_lines(tmp_path: Path, options: CollectOptions) -> None:
    broken = "import os\n\n\ndef (:\n    print(1)\n"
    shipped = collect(tmp_path / "a", _one(tmp_path / "a", "a.py", broken, Surface.PRODUCTION), options)
    tested = collect(tmp_path / "b", _one(tmp_path / "b", "a.py", broken, Surface.TEST), options)
    (gap,), (other,) = shipped.gaps, tested.gaps
    assert (gap.kind, gap.path, gap.lines) == ("not-analysed", "a.py", 3)
    assert "syntax error" in gap.reason
    assert (other.reason, other.lines) == (gap.reason, 0)


def test_lines_that_the_parser_skipped_are_a_gap(tmp_path: Path, options: CollectOptions) -> None:
    text = "export const a = 1;\nexport const b = f(\n  ) => = {{;\nexport const c = 3;\n"
    root = _tree(tmp_path / "tree", {"src/a.ts": text})
    for _ in ("fresh", "cached"):
        collected = _run(root, options)
        (gap,) = collected.gaps
        assert len(collected.modules) == 1
        assert gap.reason == f"lines inside syntax errors: {gap.lines}"
        assert 0 < gap.lines < 4


def test_a_file_too_large_is_not_even_read(tmp_path: Path, options: CollectOptions) -> None:
    file = SourceFile("gone.py", Language.PYTHON, Surface.PRODUCTION, 70, 3000, "digest", "")
    inventory = Inventory((file,), (), (), 0)
    small = replace(options, limits=Limits(sizes={"python": 2048}))
    assert collect(tmp_path, inventory, small).gaps == (Gap("not-analysed", "gone.py", "larger than 2 KiB", 70),)


def test_a_file_that_cannot_be_read_is_a_gap(tmp_path: Path, options: CollectOptions) -> None:
    file = SourceFile("gone.py", Language.PYTHON, Surface.PRODUCTION, 7, 30, "digest", "")
    collected = collect(tmp_path, Inventory((file,), (), (), 0), options)
    assert collected.gaps == (Gap("not-analysed", "gone.py", "cannot be read: No such file or directory", 7),)


def test_a_second_run_parses_nothing_and_says_the_same(
    tmp_path: Path, options: CollectOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = _tree(tmp_path / "tree", FILES)
    first = _run(root, options)
    _forbid(monkeypatch)
    assert _run(root, options) == first


def test_a_moved_file_is_known_under_its_new_path(
    tmp_path: Path, options: CollectOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = _tree(tmp_path / "tree", FILES)
    _run(root, options)
    (root / "src/server.py").rename(root / "src/renamed.py")
    _forbid(monkeypatch)
    moved = _run(root, options)
    assert "src/renamed.py" in [module.path for module in moved.modules]
    assert [mark.path for mark in moved.marks] == ["src/renamed.py"]


def test_the_same_bytes_under_another_ending_are_parsed_again(tmp_path: Path, options: CollectOptions) -> None:
    text = "const a = <b>c</b>;\n"
    as_ts = _run(_tree(tmp_path / "one", {"src/a.ts": text}), options)
    as_tsx = _run(_tree(tmp_path / "two", {"src/a.tsx": text}), options)
    assert as_tsx.gaps == ()
    assert as_ts.gaps != ()


@pytest.mark.parametrize(("word", "asked"), [("ODD", 1), ("LONG", 1), ("SLOW", 2)])
def test_only_what_another_run_would_find_too_is_kept(
    tmp_path: Path, options: CollectOptions, word: str, asked: int
) -> None:
    engine = __import__("fake_rule_engine")
    engine.calls.clear()
    root = _tree(tmp_path / "tree", {"src/a.py": f"a = 1  # {word}\n"})
    first, second = _run(root, options), _run(root, options)
    assert len(first.gaps) == 1
    assert first == second
    assert len(engine.calls) == asked


def test_without_cache_nothing_is_written(tmp_path: Path, options: CollectOptions) -> None:
    root = _tree(tmp_path / "tree", FILES)
    cached = _run(root, options)
    shutil.rmtree(tmp_path / "cache")
    assert _run(root, replace(options, use_cache=False)) == cached
    assert not (tmp_path / "cache").exists()


def test_a_cache_that_others_may_write_is_not_used_and_the_user_is_told(
    tmp_path: Path, options: CollectOptions
) -> None:
    root = _tree(tmp_path / "tree", FILES)
    first = _run(root, options)
    for entry in (tmp_path / "cache").iterdir():
        entry.write_bytes(b"poison")
    (tmp_path / "cache").chmod(0o777)
    second = _run(root, options)
    assert second.warnings == ("cache off: its directory, or one above it, can be written by other users",)
    assert replace(second, warnings=()) == first


def test_a_spoilt_cache_changes_nothing(tmp_path: Path, options: CollectOptions) -> None:
    root = _tree(tmp_path / "tree", FILES)
    first = _run(root, options)
    entries = sorted((tmp_path / "cache").iterdir())
    for entry, other in zip(entries, entries[1:] + entries[:1], strict=True):
        entry.write_bytes(other.read_bytes()[: 200 + len(entry.name)])
    assert _run(root, options) == first


def test_hostile_files_cost_only_themselves(tmp_path: Path, options: CollectOptions) -> None:
    hostile = {
        "src/chain.py": "x = " + " and ".join(["a"] * 60_000) + "\n",
        "src/parens.py": "x = " + "(" * 4_000 + "1" + ")" * 4_000 + "\n",
        "src/deep.ts": "x = " + "[" * 20_000 + "]" * 20_000 + "\n",
        "src/nul.py": "x = '\0'\n",
    }
    root = _tree(tmp_path / "tree", FILES | hostile)
    limited = replace(options, jobs=2, limits=Limits(seconds=4, memory=512 << 20))
    collected = _run(root, limited)
    read = {module.path for module in collected.modules}
    assert {"src/app.ts", "src/main.go", "src/plain.py", "src/server.py"} <= read
    assert {gap.path for gap in collected.gaps} | read >= hostile.keys()
    assert "src/parens.py" in {gap.path for gap in collected.gaps}


def test_the_number_of_workers_changes_nothing(tmp_path: Path, options: CollectOptions) -> None:
    source = (Path(__file__).parent.parent / "skillaudit" / "builder.py").read_text()
    many = {f"src/m{number:02}.py": source + f"\nX{number} = {number}\n" for number in range(12)}
    root = _tree(tmp_path / "tree", FILES | many)
    runs = [_run(root, replace(options, jobs=jobs, use_cache=False)) for jobs in (1, 3)]
    assert msgspec.json.encode(runs[0].modules) == msgspec.json.encode(runs[1].modules)
    assert runs[0] == runs[1]


def test_the_real_rules_and_front_ends_work_together(tmp_path: Path, options: CollectOptions) -> None:
    text = (
        'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n'
        'const server = new McpServer({ name: "x", version: "1" });\n'
        'server.registerTool("read", { description: "d" }, async ({ path }) => { console.log(path); });\n'
    )
    root = _tree(tmp_path / "tree", {"src/index.ts": text})
    real = replace(options, rule_engine=collecting.RULE_ENGINE)
    first, second = _run(root, real), _run(root, real)
    assert first == second
    (module,) = first.modules
    values = [value for function in module.functions for value in function.values]
    calls = {(value.start, value.end) for value in values if isinstance(value, ir.Call)}
    tools = [mark for mark in first.marks if mark.fact == "tool"]
    assert [(mark.start, mark.end) for mark in tools if (mark.start, mark.end) in calls]


def test_what_is_not_parsed_in_time_is_a_gap_and_is_tried_again(tmp_path: Path, options: CollectOptions) -> None:
    root = _tree(tmp_path / "tree", FILES)
    late = _run(root, replace(options, parse_seconds=0.0))
    assert late.modules == ()
    missed = {gap.path: gap for gap in late.gaps if gap.reason == "not begun within 0 s"}
    assert missed["src/server.py"].lines > 0
    assert not any(collecting.is_repeatable(gap) for gap in missed.values())
    in_time = _run(root, options)
    assert {module.path for module in in_time.modules} == missed.keys()

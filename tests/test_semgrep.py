import json
import sys
import threading
import time
from pathlib import Path

import pytest

from skillaudit import ir, resources, rulefiles
from skillaudit.collectors import _semgrep_answer as answers
from skillaudit.collectors import _semgrep_cli, _semgrep_core, semgrep
from skillaudit.collectors import _semgrep_process as process
from skillaudit.model import Gap

SERVER = """\
// žluťoučký kůň 🐎
const é = 1; server.registerTool("list_😀", { title: "é" }, async (args) => run(args)); // nosemgrep
"""
TRANSPORT = b'import { StdioServerTransport } from "x";\nawait server.connect(new StdioServerTransport());\n'
GO = "package main\n\n// žluť\nfunc main() {\n\té := 1; s.AddTool(tool, handler)\n}\n"


def _run(*files: tuple[str, str, bytes], timeout: float = 60) -> tuple[tuple[ir.Mark, ...], tuple[Gap, ...]]:
    return semgrep.run_rules(files, jobs=2, timeout=timeout)


def test_offsets_are_bytes_in_every_language_and_encoding() -> None:
    call = 'server.registerTool("list_😀", { title: "é" }, async (args) => run(args))'
    sources = {
        "a.ts": ("typescript", SERVER.encode()),
        "b.js": ("javascript", SERVER.encode()),
        "bom.ts": ("typescript", b"\xef\xbb\xbf" + SERVER.encode()),
        "crlf.ts": ("typescript", SERVER.replace("\n", "\r\n").encode()),
        "c.tsx": ("typescript", ("const X = <p>é</p>;\n" + SERVER).encode()),
        "jsx.js": ("javascript", ("const X = <p>é</p>;\n" + SERVER).encode()),
    }
    marks, gaps = _run(*((path, language, source) for path, (language, source) in sources.items()))
    assert gaps == ()
    assert [mark.path for mark in marks] == list(sources)
    for mark in marks:
        source = sources[mark.path][1]
        assert source[mark.start : mark.end].decode() == call
        assert source.count(b"\n", 0, mark.start) + 1 == mark.line == mark.end_line


def test_offsets_in_go_survive_bytes_that_are_no_utf_8() -> None:
    source = GO.encode().replace("žluť".encode(), b"\xff\xfe")
    marks, gaps = _run(("main.go", "go", source))
    assert gaps == ()
    assert [source[mark.start : mark.end] for mark in marks] == [b"s.AddTool(tool, handler)"]
    assert [mark.line for mark in marks] == [5]


def test_a_mark_carries_what_its_rule_declares_and_what_it_captured() -> None:
    (mark,), _ = _run(("src/é.ts", "typescript", SERVER.encode()))
    assert (mark.fact, mark.rule, mark.path) == ("tool", "ts-tool-register", "src/é.ts")
    assert dict(mark.roles) == {
        "style": "register",
        "name": "0",
        "config": "1",
        "description": "1.description",
        "handler": "-1",
    }
    assert mark.captures == ()


def test_only_captures_that_a_role_names_are_kept() -> None:
    source = 'import pino from "pino";\nx({ target: "pino-loki", options: { a: "é" } });\n'.encode()
    (mark,), _ = _run(("a.ts", "typescript", source))
    assert dict(mark.roles)["destination"] == "$TARGET"
    assert mark.captures == (("TARGET", '"pino-loki"'),)


def test_the_order_and_the_marks_do_not_depend_on_batches() -> None:
    files = [(f"{number:03}.ts", "typescript", SERVER.encode() + b"x;" * number) for number in range(25)]
    one = semgrep.run_rules(files, jobs=1, timeout=60)
    many = semgrep.run_rules(files, jobs=5, timeout=60)
    assert one == many
    assert [mark.path for mark in one[0]] == [path for path, _, _ in files]


def test_files_without_a_token_never_reach_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> answers.Outcome:
        raise AssertionError("the engine was started")

    monkeypatch.setattr(_semgrep_core, "run", refuse)
    assert _run(("a.ts", "typescript", b"export const tool = 1;"), ("b.py", "python", TRANSPORT)) == ((), ())
    assert not semgrep.needs("typescript", b"export const tool = 1;")
    assert semgrep.needs("typescript", TRANSPORT)
    assert not semgrep.needs("go", TRANSPORT)
    assert not semgrep.needs("rust", TRANSPORT)


def test_names_in_the_tree_cannot_steer_the_engine() -> None:
    hostile = ["-rules", "../../escape.ts", "a\nb.ts", "/etc/passwd", "node_modules/x.min.js", ".semgrepignore"]
    marks, gaps = _run(*((path, "typescript", TRANSPORT) for path in hostile))
    assert gaps == ()
    assert [mark.path for mark in marks] == hostile


def test_the_working_directory_and_the_environment_do_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = _run(("a.ts", "typescript", SERVER.encode()))
    (tmp_path / ".semgrepignore").write_text("*")
    (tmp_path / "semgrep.py").write_text("raise SystemExit('imported from the working directory')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SEMGREP_RULES", "p/ci")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert _run(("a.ts", "typescript", SERVER.encode())) == expected
    assert sorted(path.name for path in tmp_path.iterdir()) == [".semgrepignore", "semgrep.py"]


def test_syntax_errors_leave_the_rest_of_the_file_and_a_gap() -> None:
    source = b"const x = = y(;\n" + TRANSPORT
    marks, gaps = _run(("bad.ts", "typescript", source), ("good.ts", "typescript", TRANSPORT))
    assert [gap.path for gap in gaps] == ["bad.ts"]
    assert gaps[0].kind == "partly-analysed"
    assert "syntax error" in gaps[0].reason
    assert "good.ts" in {mark.path for mark in marks}


def test_a_file_that_is_too_large_is_a_gap() -> None:
    marks, gaps = _run(("big.js", "javascript", TRANSPORT + b"//" + b"x" * (1 << 20)))
    assert marks == ()
    assert [(gap.kind, gap.path) for gap in gaps] == [("not-analysed", "big.js")]
    assert "1 MiB" in gaps[0].reason


def test_time_that_is_used_up_is_a_gap_for_every_file_left() -> None:
    marks, gaps = _run(("a.ts", "typescript", TRANSPORT), ("b.ts", "typescript", TRANSPORT), timeout=0)
    assert marks == ()
    assert [gap.path for gap in gaps] == ["a.ts", "b.ts"]


def test_one_file_that_kills_the_engine_costs_only_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    real = _semgrep_core.binary()
    killer = tmp_path / "engine"
    killer.write_text(f'#!/bin/sh\ngrep -q POISON files/* && kill -9 $$\nexec "{real}" "$@"\n')
    killer.chmod(0o755)
    monkeypatch.setattr(_semgrep_core, "binary", lambda: killer)
    files = [(f"{number}.ts", "typescript", TRANSPORT) for number in range(8)]
    files[5] = ("5.ts", "typescript", TRANSPORT + b"// POISON")
    marks, gaps = semgrep.run_rules(files, jobs=1, timeout=60)
    assert [mark.path for mark in marks] == [f"{number}.ts" for number in range(8) if number != 5]
    assert [(gap.kind, gap.path, gap.reason) for gap in gaps] == [
        ("not-analysed", "5.ts", "rules: the engine was ended by signal 9")
    ]


def test_a_small_bomb_neither_hangs_nor_fills_the_memory() -> None:
    bomb = TRANSPORT + b"const x = " + b"[" * 40_000 + b"]" * 40_000 + b";\n"
    marks, gaps = _run(("bomb.ts", "typescript", bomb), ("good.ts", "typescript", TRANSPORT), timeout=100)
    assert "good.ts" in {mark.path for mark in marks}
    assert {gap.path for gap in gaps} <= {"bomb.ts"}
    assert {"bomb.ts"} <= {gap.path for gap in gaps} | {mark.path for mark in marks}


# --- one run of a binary


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "engine"
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def _home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    return home


def _ends(child: int, seconds: float) -> bool:
    """Whether a process is gone, or dead and not yet collected, within the time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if Path(f"/proc/{child}/stat").read_text().split()[2] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.05)
    return False


def test_a_child_that_hangs_is_ended_with_its_children(script: Path, tmp_path: Path) -> None:
    script.write_text("#!/bin/sh\nsleep 600 &\necho $! > child\nwait\n")
    home = _home(tmp_path)
    outcome = process.run([str(script)], home, 0.5, threading.Event())
    assert outcome == process.Failure("the engine did not end within 0 s")
    child = int((home / "child").read_text())
    assert _ends(child, seconds=10)  # the kill is sent when `run` returns; the kernel carries it out when it can


def test_a_child_sees_nothing_of_the_callers_environment(
    script: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "canary")
    script.write_text("#!/bin/sh\nenv\n")
    printed = process.run([str(script)], _home(tmp_path), 10, threading.Event())
    assert isinstance(printed, bytes)
    assert b"canary" not in printed
    assert b"SEMGREP_SEND_METRICS=off" in printed


@pytest.mark.skipif(sys.platform != "linux", reason="limits are set from outside on Linux only")
def test_a_child_cannot_take_more_memory_than_its_limit(tmp_path: Path) -> None:
    code = "import time; time.sleep(0.5); b = bytearray(4 << 30)"
    outcome = process.run([sys.executable, "-I", "-c", code], _home(tmp_path), 20, threading.Event())
    assert outcome == process.Failure("the engine ended with code 1 and no answer")


# --- the contract of the pinned engine


def test_the_installed_engine_is_the_pinned_one() -> None:
    assert _semgrep_core.binary() is not None
    pinned = f'"semgrep=={rulefiles.ENGINE_VERSION}"'
    assert pinned in (Path(__file__).parent.parent / "pyproject.toml").read_text()


def _answer(**changes: object) -> bytes:
    answer = {"version": rulefiles.ENGINE_VERSION, "results": [], "errors": [], "skipped_rules": []}
    return json.dumps({**answer, **changes}).encode()


@pytest.mark.parametrize(
    "printed",
    [
        b"{}",
        _answer(version="9.9.9"),
        _answer(skipped_rules=[["x"]]),
        _answer(results=[{"check_id": "x"}]),
        _answer(errors=[{"error_type": "Timeout", "location": {"path": "/elsewhere/passwd"}}]),
    ],
)
def test_an_answer_of_another_shape_breaks_the_contract(printed: bytes) -> None:
    batch = [answers.file(0, "a.ts", "typescript", TRANSPORT)]
    with pytest.raises(answers.ContractError):
        _semgrep_core.read(printed, batch)


@pytest.mark.parametrize("printed", [b"", b"not json", _answer(errors=[{"error_type": "Fatal error"}])])
def test_an_answer_that_any_file_may_have_spoilt_is_a_failure_to_bisect(printed: bytes) -> None:
    batch = [answers.file(0, "a.ts", "typescript", TRANSPORT)]
    assert isinstance(_semgrep_core.read(printed, batch), process.Failure)
    assert isinstance(_semgrep_cli.read(printed.replace(b"error_type", b"type"), batch, "~"), process.Failure)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("Timeout", "partly-analysed"), ("Out of memory", "not-analysed"), (["PartialParsing", []], "partly-analysed")],
)
def test_errors_of_one_file_become_a_reason(kind: object, expected: str) -> None:
    batch = [answers.file(0, "a.ts", "typescript", TRANSPORT)]
    place = {"path": f"/anywhere/{batch[0].name}", "start": {"line": 7, "offset": 0}}
    answer = _semgrep_core.read(_answer(errors=[{"error_type": kind, "location": place}]), batch)
    assert isinstance(answer, answers.Answer)
    assert [(trouble.name, trouble.kind) for trouble in answer.troubles] == [(batch[0].name, expected)]


def test_the_public_command_line_gives_the_same_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    root = Path(rulefiles.sources()[0]).parent.parent
    languages = {".ts": "typescript", ".go": "go"}
    targets = sorted(path for path in root.glob("*/*") if path.suffix in languages)
    files = [(str(path), languages[path.suffix], path.read_bytes()) for path in targets]
    files.append(("nosem.ts", "typescript", SERVER.encode()))
    expected = semgrep.run_rules(files, jobs=2, timeout=120)
    started = threading.Event()
    real = _semgrep_cli.run

    def record(*given: object) -> answers.Outcome:
        started.set()
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(_semgrep_core, "binary", lambda: None)
    monkeypatch.setattr(_semgrep_cli, "run", record)
    found = semgrep.run_rules(files, jobs=1, timeout=120)
    assert started.is_set()
    assert found == expected
    assert "nosem.ts" in {mark.path for mark in found[0]}


def test_without_any_engine_every_file_is_a_gap(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(_semgrep_core, "binary", lambda: None)
    monkeypatch.setattr(_semgrep_cli, "_SCRIPTS", tmp_path)
    marks, gaps = _run(("a.ts", "typescript", TRANSPORT))
    assert marks == ()
    assert [(gap.kind, gap.path) for gap in gaps] == [("not-analysed", "a.ts")]
    assert "semgrep" in gaps[0].reason


def test_text_of_a_file_cannot_imitate_captures() -> None:
    batch = [answers.file(0, "a.ts", "typescript", TRANSPORT)]
    place = {"line": 1, "offset": 0}
    match = {"check_id": "x", "path": batch[0].name, "start": place, "end": place}
    message = "~mark~NAME='~other~FAKE=1'~mark~REST=$...REST~mark~"
    printed = json.dumps({"results": [{**match, "extra": {"message": message}}], "errors": []}).encode()
    answer = _semgrep_cli.read(printed, batch, "~mark~")
    assert isinstance(answer, answers.Answer)
    (found,) = answer.matches
    assert found.captures == (("NAME", "'~other~FAKE=1'"),)


def test_the_digest_depends_on_rules_and_engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = rulefiles.digest.__wrapped__()
    monkeypatch.setattr(rulefiles, "ENGINE_VERSION", "0")
    assert rulefiles.digest.__wrapped__() != before
    monkeypatch.undo()
    (tmp_path / "go").mkdir()
    (tmp_path / "go" / "one.yaml").write_text("rules: []")
    monkeypatch.setattr(resources, "directory", lambda _: tmp_path)
    assert rulefiles.digest.__wrapped__() != before


def test_a_cancelled_run_ends_at_once(tmp_path: Path) -> None:
    cancelled = threading.Event()
    threading.Timer(0.2, cancelled.set).start()
    began = time.monotonic()
    outcome = process.run([sys.executable, "-I", "-c", "import time; time.sleep(60)"], _home(tmp_path), 50, cancelled)
    assert isinstance(outcome, process.Failure)
    assert time.monotonic() - began < 5
    assert semgrep.run_rules([("a.ts", "typescript", TRANSPORT)], jobs=1, timeout=50, cancelled=cancelled) == (
        (),
        (Gap("not-analysed", "a.ts", "rules: the audit was stopped"),),
    )

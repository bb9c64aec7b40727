import os
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from skillaudit.isolation import WorkerError
from skillaudit.pool import FrontEnds, Job, Limits, Lowered, lower_files

FAKE = """
import ctypes, os, socket, struct, time
from skillaudit import ir
from skillaudit.lowering import LoweringError

def module(path, language, name="m"):
    body = ir.Function(name, name, 1, 1, 0, 0, (), (), -1, -1, False, -1, "", (), (), (), ())
    return ir.Module(path, language, (body,), (), (), 1)

def lower(path, language, source):
    word, _, rest = source.decode(errors="replace").partition(" ")
    try:
        return globals().get("do_" + word.strip(), lambda *a: module(path, language, word))(path, language, rest)
    except OSError as error:
        raise LoweringError(type(error).__name__ + " " + str(error.errno))

def do_segfault(*_): ctypes.string_at(0)
def do_exit(*_): os._exit(3)
def do_hang(*_): time.sleep(600)
def do_spin(*_):
    while True: pass
def do_bomb(*_): hoard = [bytes(1 << 26) for _ in range(1000)]
def do_deep(*_): return do_deep(*_)
def do_bug(*_): return {}["secret text of the file"]
def do_refuse(*_): raise LoweringError("syntax error at line 1")
def do_open(*_): open(__file__)
def do_create(*_): open("/tmp/skillaudit-must-not-exist", "w")
def do_socket(*_): socket.socket()
def do_state(path, language, _):
    return module(path, language, "|".join([os.getcwd(), *sorted(os.environ), str(os.stat(".").st_mode & 0o777)]))
def do_pid(path, language, _): return module(path, language, str(os.getpid()))
def do_keep(path, language, _):
    globals()["kept"] = b"x" * (80 << 20)
    return module(path, language, str(os.getpid()))
def do_once(path, language, _):
    if "kept_crash" in globals(): ctypes.string_at(0)
    globals()["kept_crash"] = True
    return module(path, language, str(os.getpid()))
def do_print(path, language, _):
    print("noise")
    return module(path, language)
def do_garbage(*_):
    os.write(1, b"\\xff" * 64)
    time.sleep(600)
def do_nonsense(path, language, rest):
    header, body = b'{"module":true}', rest.encode()
    os.write(1, struct.pack(">II", len(header), len(body)) + header + body)
    time.sleep(600)
def do_other(path, language, _): return module("elsewhere.py", language)
"""

LowerAll = Callable[..., list[Lowered]]


@pytest.fixture
def lower(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LowerAll]:
    """Lower texts with the fake front end; nothing may be left of the workers afterwards."""
    (tmp_path / "fake_front_end.py").write_text(FAKE)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    fake = FrontEnds({"python": "fake_front_end"}, (tmp_path,))
    before = threading.active_count()
    started: list[subprocess.Popen[bytes]] = []

    def popen(*args: Any, **options: Any) -> subprocess.Popen[bytes]:
        started.append(real_popen(*args, **options))
        return started[-1]

    real_popen = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", popen)

    def run(*texts: str, workers: int = 1, limits: Limits | None = None) -> list[Lowered]:
        jobs = [Job(f"{number:02}.py", "python", text.encode()) for number, text in enumerate(texts)]
        return lower_files(jobs, workers, limits or Limits(seconds=10), fake)

    yield run
    assert list(temporary.iterdir()) == []
    assert threading.active_count() == before
    assert all(process.returncode is not None for process in started)


def _names(results: list[Lowered]) -> list[str]:
    return [result.module.functions[0].name if result.module else result.reason for result in results]


def test_every_job_is_answered_in_the_order_of_the_paths(lower: LowerAll) -> None:
    texts = [f"{'abc'[number % 3]}{number} {'x' * 997 * (number % 5)}" for number in range(40)]
    first, second = lower(*texts, workers=1), lower(*reversed(texts), workers=3)
    assert _names(first) == [text.split()[0] for text in texts]
    assert sorted(_names(first)) == sorted(_names(second))
    assert [result.path for result in second] == sorted(result.path for result in second)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("segfault", "the parser crashed (SIGSEGV)"),
        ("exit", "the parser crashed (exit status 3)"),
        ("bomb", "needs too much memory"),
        ("deep", "nested too deeply"),
        ("refuse", "syntax error at line 1"),
        ("garbage", "the parser's answer was malformed"),
        ("nonsense {}", "the parser's answer was malformed"),
        ("nonsense [1,2", "the parser's answer was malformed"),
        ("nonsense \ud7ff\x00", "the parser's answer was malformed"),
        ("other", "the parser's answer was malformed"),
    ],
)
def test_what_happens_to_one_file_is_its_failure_alone(lower: LowerAll, text: str, reason: str) -> None:
    assert _names(lower("before", text, "after")) == ["before", reason, "after"]


@pytest.mark.parametrize("text", ["hang", "spin"])
def test_a_hang_ends_at_the_deadline(lower: LowerAll, text: str) -> None:
    began = time.monotonic()
    assert _names(lower("before", text, "after", limits=Limits(seconds=1))) == [
        "before",
        "took longer than 1 s",
        "after",
    ]
    assert time.monotonic() - began < 10


def test_a_bug_names_its_place_and_not_the_file_s_text(lower: LowerAll) -> None:
    (reason,) = _names(lower("bug"))
    assert reason.startswith("KeyError at fake_front_end.py:")
    assert "secret" not in reason


@pytest.mark.parametrize("text", ["open", "create", "socket"])
def test_a_worker_can_open_nothing(lower: LowerAll, text: str) -> None:
    assert _names(lower(text)) == ["OSError 24"]


def test_a_worker_knows_nothing_of_its_caller(lower: LowerAll, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "canary")
    (state,) = _names(lower("state"))
    directory, *variables, mode = state.split("|")
    assert Path(directory).name.startswith("skillaudit-")
    assert set(variables) - {"LD_LIBRARY_PATH", "LC_CTYPE"} == {"HOME", "LANG"}
    assert mode == str(0o700)


def test_what_a_library_prints_is_no_answer(lower: LowerAll) -> None:
    assert _names(lower("print", "after")) == ["m", "after"]


def test_one_worker_serves_many_files(lower: LowerAll) -> None:
    assert len(set(_names(lower("pid", "pid", "pid")))) == 1


def test_a_worker_that_keeps_memory_is_replaced(lower: LowerAll) -> None:
    pids = _names(lower("keep", "pid", "pid", limits=Limits(resident=60 << 20)))
    assert pids[0] != pids[1] == pids[2]


def test_a_worker_that_read_enough_is_replaced(lower: LowerAll) -> None:
    assert len(set(_names(lower("pid", "pid", "pid", limits=Limits(volume=1))))) == 3


def test_what_a_used_worker_could_not_do_a_fresh_one_tries(lower: LowerAll) -> None:
    pids = _names(lower("once", "once"))
    assert len(set(pids)) == 2
    assert all(pid.isdigit() for pid in pids)


def test_size_is_capped_by_language(lower: LowerAll) -> None:
    limits = Limits(sizes={"python": 2048})
    assert _names(lower("a", "b" * 2049, limits=limits)) == ["a", "larger than 2 KiB"]
    assert Limits().size_of("python") == 512 * 1024
    assert Limits().size_of("typescript") == 2 * 1024 * 1024


@pytest.mark.usefixtures("lower")
def test_a_name_that_is_not_utf_8_is_kept(tmp_path: Path) -> None:
    fake = FrontEnds({"python": "fake_front_end"}, (tmp_path,))
    (result,) = lower_files([Job("a\udcff.py", "python", b"x")], 1, front_ends=fake)
    assert result.module is not None
    assert result.module.path == "a\udcff.py"


def test_a_front_end_that_cannot_be_loaded_stops_the_audit(tmp_path: Path) -> None:
    (tmp_path / "broken_front_end.py").write_text("import no_such_module_anywhere")
    broken = FrontEnds({"python": "broken_front_end"}, (tmp_path,))
    with pytest.raises(WorkerError, match="did not start: ModuleNotFoundError"):
        lower_files([Job("a.py", "python", b"x")], 1, front_ends=broken)


def test_an_interrupt_leaves_nothing_behind(lower: LowerAll) -> None:
    def interrupt() -> None:
        time.sleep(0.6)
        os.kill(os.getpid(), 2)

    threading.Thread(target=interrupt, daemon=True).start()
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        lower("hang", "hang", workers=2, limits=Limits(seconds=60))
    assert time.monotonic() - began < 10


def test_nothing_is_imported_from_a_hostile_working_directory(tmp_path: Path) -> None:
    hostile, marker = tmp_path / "hostile", tmp_path / "marker"
    plant = f"open({str(marker)!r}, 'a').write(__name__)\n"
    for name in ("multiprocessing", "click", "sitecustomize", "usercustomize", "msgspec", "skillaudit", "struct", "gc"):
        hostile.mkdir(exist_ok=True)
        (hostile / f"{name}.py").write_text(plant)
    for name in ("libcst", "tree_sitter", "tree_sitter_go", "encodings"):
        (hostile / name).mkdir()
        (hostile / name / "__init__.py").write_text(plant)
    (tmp_path / "fake_front_end.py").write_text(FAKE)
    script = tmp_path / "script.py"
    script.write_text(
        textwrap.dedent(f"""
        import sys
        from pathlib import Path
        from skillaudit.pool import FrontEnds, Job, lower_files
        sys.path.insert(0, "")
        fake = FrontEnds({{"python": "fake_front_end"}}, (Path({str(tmp_path)!r}),))
        print(lower_files([Job("a.py", "python", b"x")], 1, front_ends=fake)[0].module.path)
        """)
    )
    directories = (Path(__file__).parent.parent, Path(msgspec.__file__).parent.parent)
    run = subprocess.run(
        [sys.executable, str(script)],
        cwd=hostile,
        env={"PYTHONPATH": os.pathsep.join(map(str, directories))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout == "a.py\n", run.stderr
    assert not marker.exists()

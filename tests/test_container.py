"""What the Dockerfile promises, without an engine: it builds from what it copies, and runs as nobody with nothing."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from oracles import ROOT, program

from skillaudit.errors import RefusedError
from skillaudit.terminal import scratch as writable

LINES = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
SERVER = ROOT / "examples" / "weather-server"
NOBODY = "10001"


def _said(instruction: str) -> list[list[str]]:
    return [shlex.split(line)[1:] for line in LINES if line.startswith(f"{instruction} ")]


def _closed(path: Path) -> Path | None:
    """The outermost folder on the way to a path that only its owner may enter."""
    return next((one for one in reversed([path, *path.parents]) if not one.stat().st_mode & 1), None)


def _room(needed: list[Path], scratch: Path) -> str:
    """Shell lines that make everything read-only but a scratch folder, and let anybody reach what is needed."""
    lines = ["set -e", "mount --make-rprivate /", f"mount -t tmpfs -o mode=1777 tmpfs {scratch}"]
    for number, path in enumerate(one for one in needed if _closed(one)):
        lines += [f"mkdir {scratch}/{number}", f"mount --bind {path} {scratch}/{number}"]
    closed = [(number, path, _closed(path)) for number, path in enumerate(one for one in needed if _closed(one))]
    for top in dict.fromkeys(top for _, _, top in closed):
        lines += [f"mount -t tmpfs -o mode=755 tmpfs {top}"]
    for number, path, _ in closed:
        lines += [f"mkdir -p {path}", f"mount --bind {scratch}/{number} {path}"]
    tops = dict.fromkeys(f"mount -o remount,ro {top}" for _, _, top in closed)
    return "\n".join([*lines, *tops, "mount -o remount,ro,bind /", ""])


def test_it_copies_all_that_the_package_is_built_from(tmp_path: Path) -> None:
    for *sources, target in [words for words in _said("COPY") if not words[0].startswith("--")]:
        for source in sources:
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, tmp_path / target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / source, tmp_path / target)
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run([*pip, "--wheel-dir", str(tmp_path / "out"), str(tmp_path)], check=True, capture_output=True)
    assert [path.suffix for path in (tmp_path / "out").iterdir()] == [".whl"]


def test_it_runs_as_nobody_and_installs_by_hash() -> None:
    text = "\n".join(LINES)
    assert _said("USER") == [[NOBODY]]
    assert re.search(rf"useradd --uid {NOBODY} ", text)
    assert "--require-hashes --only-binary :all: -r requirements-action.txt" in re.sub(r"\s+", " ", text)
    assert not _said("ADD")
    assert _said("ENTRYPOINT") == [["[skillaudit]"]]


@pytest.fixture
def scratch() -> Iterator[Path]:
    """A folder that anybody can reach, once something is mounted there."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    yield folder
    folder.rmdir()


def test_nobody_audits_without_a_network_on_a_read_only_system(scratch: Path) -> None:
    unshare, setpriv = program("unshare"), program("setpriv")
    apart = [unshare, "--mount", "--net", "sh", "-c"]
    if os.getuid() or subprocess.run([*apart, "mount --make-rprivate /"], capture_output=True, check=False).returncode:
        pytest.skip("namespaces of its own can be had by root only, and not in every container")
    room = _room([Path(sys.base_prefix), Path(sys.prefix), ROOT], scratch)
    drop = f"{setpriv} --reuid {NOBODY} --regid {NOBODY} --clear-groups --no-new-privs --bounding-set -all"
    clean = f"env -i PATH=/usr/bin:/bin TMPDIR={scratch} SKILLAUDIT_CACHE_DIR={scratch}/cache PYTHONPATH={ROOT}"
    audit = f"{sys.executable} -B -m skillaudit audit {SERVER} --format json --as-of 2026-11-21 --jobs 1"
    shut = f"! touch {ROOT}/planted 2> /dev/null && test $(id -u) = {NOBODY}"
    script = f"{room}cd {scratch}\nexec {drop} {clean} sh -c '{shut} && exec {audit}'"
    ran = subprocess.run([*apart, script], capture_output=True, text=True, check=False, timeout=300)
    assert (ran.returncode, ran.stderr.count("Traceback")) == (0, 0), ran.stderr
    report = json.loads(ran.stdout)
    assert report["grades"]["overall"]["letter"]
    assert not (ROOT / "planted").exists()


def test_without_any_place_to_write_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    with pytest.raises(RefusedError, match="set TMPDIR"), writable():
        pytest.fail("there is no scratch folder")

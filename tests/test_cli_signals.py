"""An audit that is ended from outside cleans up."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from commandline import COMMAND, ENVIRONMENT, SERVER


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
    signs = {"worker": "from skillaudit.worker", "engine": "semgrep-core", "tree": "skillaudit.start"}
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and not (list(private.iterdir()) and _running(audit.pid, signs[moment])):
        time.sleep(0.01)
    audit.send_signal(number)
    said, errors = audit.communicate(timeout=10)
    assert (audit.returncode, said, errors) == (-number, b"", f"skillaudit: ended by {number.name}\n".encode())
    assert list(private.iterdir()) == []
    assert _descendants(str(private)) == []


SLOW = """
import sys, time

class Slow:
    def find_spec(self, name, path=None, target=None):
        if name == "click":
            print("loading", flush=True)
            time.sleep(30)

sys.meta_path.insert(0, Slow())
from skillaudit.start import main
main()
"""
"""The command line on a machine that takes its time to load modules."""


def test_an_interrupt_while_modules_are_loaded_is_one_line() -> None:
    command = [sys.executable, "-P", "-c", SLOW]
    started = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT)
    assert started.stdout is not None
    assert started.stdout.readline() == b"loading\n"
    started.send_signal(signal.SIGINT)
    _, errors = started.communicate(timeout=10)
    assert (started.returncode, errors) == (-signal.SIGINT, b"skillaudit: ended by SIGINT\n")


def test_who_ignores_interrupts_goes_on_doing_so() -> None:
    command = [sys.executable, "-P", "-c", SLOW.replace("time.sleep(30)", "time.sleep(1)"), "--version"]
    ignoring = ["/bin/sh", "-c", 'trap "" INT; exec "$@"', "sh", *command]
    started = subprocess.Popen(ignoring, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT)
    assert started.stdout is not None
    assert started.stdout.readline() == b"loading\n"
    started.send_signal(signal.SIGINT)
    said, errors = started.communicate(timeout=10)
    assert (started.returncode, said.split()[0], errors) == (0, b"skillaudit", b"")

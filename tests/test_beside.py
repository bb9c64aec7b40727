"""A part of the work on the other core: the same result, nothing left behind, and no harm where it fails."""

import os
import time
from collections.abc import Callable

import pytest
from linked import facts_of

from skillaudit import link
from skillaudit.beside import Beside

SERVER = """
import logging, subprocess
from mcp.server.fastmcp import FastMCP
log = logging.getLogger(__name__)
mcp = FastMCP("x")

@mcp.tool()
def run(command: str, token: str) -> str:
    log.info("run %s", command)
    if not token:
        raise PermissionError(f"bad token {token}")
    return subprocess.check_output(command, shell=True)

mcp.run()
"""


def _who() -> bytes:
    return str(os.getpid()).encode()


def _slowly() -> bytes:
    time.sleep(600)
    return b""


def test_what_the_copy_finds_arrives() -> None:
    with Beside() as beside:
        found = beside.start(_who)()
    assert found is not None
    assert int(found) != os.getpid()


def test_a_copy_that_fails_has_no_result() -> None:
    with Beside() as beside:
        assert beside.start(lambda: bytes(1 // 0))() is None


def test_a_copy_that_nobody_waits_for_is_ended() -> None:
    started = time.monotonic()
    with Beside() as beside:
        beside.start(_slowly)
    assert time.monotonic() - started < 300
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_both_ways_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = facts_of({"server.py": SERVER})
    assert alone.code_flows
    assert alone.tools
    copies: list[int] = []
    real = Beside.start

    def start(self: Beside, work: Callable[[], bytes]) -> Callable[[], bytes | None]:
        copies.append(1)
        return real(self, work)

    monkeypatch.setattr(link, "_WORTH_A_COPY", range(9_999))
    monkeypatch.setattr(Beside, "start", start)
    monkeypatch.setattr(link.link, "__defaults__", (*(link.link.__defaults__ or ())[:-1], link.Pace(jobs=2)))
    assert facts_of({"server.py": SERVER}) == alone
    assert copies

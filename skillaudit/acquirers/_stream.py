"""Ask git for many objects at a time: a round trip for each takes longer than reading it."""

import subprocess
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from skillaudit.acquirers._git import limit_memory

TOGETHER = 64
"""Objects in one request. It must fit into a pipe of one page, since nothing is read before it is written."""

_ID_LENGTH = 40


class Header(msgspec.Struct, frozen=True):
    """What is known of an object before it is read; ``size`` in bytes."""

    sha: str
    kind: str
    size: int


class Stream:
    """One ``git cat-file`` that answers in the order it was asked.

    Args:
        git: GitPython's command in the store, with the environment that is ours.
        option: ``--batch`` or ``--batch-check``.
    """

    def __init__(self, git: Any, option: str) -> None:
        self._process = git.cat_file(option, istream=subprocess.PIPE, as_process=True)
        limit_memory(self._process.pid)

    def headers(self, ids: Sequence[str]) -> list[Header | None]:
        """Type and size of each object, None for those that are not there. For ``--batch-check``.

        Raises:
            OSError: git has ended.
            ValueError: git answers something else.
        """
        self._ask(ids)
        return [self._header(sha) for sha in ids]

    def contents(self, ids: Sequence[str]) -> Iterator[bytes]:
        """The content of each object; they must be there, and be read to the end. For ``--batch``.

        Raises:
            OSError: git has ended.
            ValueError: git answers something else, or an object is not there.
        """
        self._ask(ids)
        for sha in ids:
            header = self._header(sha)
            if header is None:
                raise ValueError(f"{sha} is missing")
            data: bytes = self._process.stdout.read(header.size)
            if len(data) != header.size or self._process.stdout.read(1) != b"\n":
                raise OSError("git has ended")
            yield data

    def end(self) -> None:
        """Kill the process; nobody waits for what it still had to say."""
        self._process.kill()

    def _ask(self, ids: Sequence[str]) -> None:
        if len(ids) > TOGETHER or not all(len(sha) == _ID_LENGTH and sha.isalnum() for sha in ids):
            raise ValueError("no such question")
        self._process.stdin.write("".join(f"{sha}\n" for sha in ids).encode("ascii"))
        self._process.stdin.flush()

    def _header(self, sha: str) -> Header | None:
        line: bytes = self._process.stdout.readline()
        if not line:
            raise OSError("git has ended")
        match line.decode("ascii", "replace").split():
            case [said, "missing"] if said == sha:
                return None
            case [said, kind, size] if said == sha and size.isdigit():
                return Header(said, kind, int(size))
            case _:
                raise ValueError(f"not an answer about {sha}")

"""The rule files, and a digest of them; nothing here reads what they say."""

import functools
import hashlib
from pathlib import Path
from typing import Final

from skillaudit import resources

ENGINE_VERSION: Final = "1.182.0"
"""The semgrep release whose output format, offsets and patterns the rules and their reader are written for."""

_SHAPE: Final = 1
"""Raised whenever the same rules would give other marks."""


def sources() -> tuple[Path, ...]:
    """The rule files, in an order that does not depend on the file system."""
    root = resources.directory("rules")
    return tuple(sorted(root.glob("*/*.yaml"), key=lambda path: path.relative_to(root).as_posix()))


@functools.cache
def digest() -> str:
    """A hash of everything but a file's bytes that decides its marks: rules, engine and their reader."""
    state = hashlib.sha256(f"{_SHAPE} {ENGINE_VERSION}".encode())
    for path in sources():
        state.update(hashlib.sha256(path.read_bytes()).digest())
    return state.hexdigest()

"""What one acquisition works with."""

from pathlib import Path

import msgspec

from skillaudit.contents import Contents
from skillaudit.source import AcquireOptions, Source


class Job(msgspec.Struct, frozen=True):
    """One acquisition: what to get, within which limits, and its private folder.

    ``deadline`` is on the `time.monotonic` clock; ``scratch`` is empty at the start and removed by the caller;
    ``contents`` are files of trees that are looked at beside this one.
    """

    source: Source
    options: AcquireOptions
    scratch: Path
    deadline: float
    contents: Contents | None = None

    @property
    def tree(self) -> Path:
        """Where the files of the tree are written."""
        return self.scratch / "tree"

    @property
    def store(self) -> Path:
        """The bare repository that objects are read from."""
        return self.scratch / "store"

    @property
    def home(self) -> Path:
        """The empty home folder of git's processes."""
        return self.scratch / "home"

"""The files of trees that are looked at side by side, by what is in them."""

import hashlib

import msgspec


class HeldFile(msgspec.Struct, frozen=True):
    """A file of a materialised tree; ``size`` in bytes."""

    path: str
    size: int


class Contents:
    """Which file holds what, by git's id of the content; good for as long as the trees in it are there.

    Ids are SHA-1, as everywhere in git: whoever makes two contents with one id deceives git with them as well.
    """

    def __init__(self) -> None:
        self._files: dict[str, HeldFile] = {}

    def find(self, sha: str) -> HeldFile | None:
        """A file that holds the content, if there is one."""
        return self._files.get(sha)

    def add(self, sha: str, file: HeldFile) -> None:
        """Note that a file holds the content."""
        self._files[sha] = file


def blob_id(data: bytes) -> str:
    """The id that git gives to a content, https://git-scm.com/book/en/v2/Git-Internals-Git-Objects."""
    state = hashlib.sha1(b"blob %d\0" % len(data), usedforsecurity=False)
    state.update(data)
    return state.hexdigest()

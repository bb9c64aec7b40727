"""What can be audited and what an audit of it may cost: the words shared by `acquire` and its implementations."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from skillaudit.history import NO_REPOSITORY, History
from skillaudit.model import Gap

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Source:
    """A repository as the user named it; nothing is checked before `acquire`.

    Attributes:
        address: A folder, ``owner/name`` on github.com or an https URL. An existing folder beats ``owner/name``.
            Kept out of ``repr`` because a rejected URL may hold credentials.
        ref: Branch, tag or full commit id; empty for the default branch or, locally, the working tree.
            A local ref may be an abbreviated id and end in ``~N`` or ``^N``.
        subdir: Only this folder is taken; the paths of its files stay relative to the repository.
    """

    address: str = field(repr=False)
    ref: str = ""
    subdir: str = ""


class Limits(msgspec.Struct, frozen=True):
    """What one acquisition may cost. The defaults hold every server of the development corpus ten times over.

    Attributes:
        files: Files, folders and links of the tree that are looked at.
        file_bytes: Size of one file; larger ones become gaps.
        total_bytes: Size of the materialised tree.
        depth: Folders above a file.
        seconds: Wall time of the whole acquisition.
        fetch_bytes: What ``git fetch`` may write to disk, compressed, whatever the server sends.
    """

    files: int = 100_000
    file_bytes: int = 2 * MEBIBYTE
    total_bytes: int = 1024 * MEBIBYTE
    depth: int = 64
    seconds: float = 300.0
    fetch_bytes: int = 512 * MEBIBYTE


class AcquireOptions(msgspec.Struct, frozen=True):
    """What is allowed beyond the safe default.

    Attributes:
        allow_private_host: Also fetch from private, loopback, link-local and cloud metadata addresses.
        allow_loopback_http: Also fetch over plain http, from loopback addresses only; meant for tests.
        offline: Never use the network: remote sources are refused.
        use_cache: Whether what lies behind a commit may be read from the disk cache.
        limits: Caps on size and time.
    """

    allow_private_host: bool = False
    allow_loopback_http: bool = False
    offline: bool = False
    use_cache: bool = False
    limits: Limits = msgspec.field(default_factory=Limits)


class Tree(msgspec.Struct, frozen=True):
    """A repository's files in a private folder that is gone once the audit has read them.

    Attributes:
        root: 0700 folder with plain files and folders only: no link, no ``.git``, no executable bit.
        subject_source: The address, free of credentials.
        commit: Full commit id, empty where the source is no git repository.
        note: What the reader should know of the address, such as the repository's new name; usually empty.
        gaps: What was left out, and why.
        history: What git remembers of the repository.
        part: It is one folder of a larger repository, of whose other files nothing is known.
        ids: git's id of each file's content, by path; empty for a tree that is looked at alone.
    """

    root: Path
    subject_source: str
    commit: str
    note: str
    gaps: tuple[Gap, ...]
    history: History = NO_REPOSITORY
    part: bool = False
    ids: Mapping[str, str] = msgspec.field(default_factory=dict)

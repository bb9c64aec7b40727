"""Acquire, and look at what came."""

from pathlib import Path

import pytest

from skillaudit.acquire import acquire
from skillaudit.errors import SkillauditError
from skillaudit.source import AcquireOptions, Limits, Source, Tree

PLAIN = AcquireOptions()
LOOPBACK = AcquireOptions(allow_loopback_http=True)


def limited(**limits: float) -> AcquireOptions:
    """Loopback http and these limits."""
    return AcquireOptions(allow_loopback_http=True, limits=Limits(**limits))  # type: ignore[arg-type]


def files(tree: Tree) -> list[str]:
    """The paths of all files, sorted."""
    return sorted(path.relative_to(tree.root).as_posix() for path in tree.root.rglob("*") if path.is_file())


def names(path: Path, ref: str = "", subdir: str = "") -> list[str]:
    """What a local folder yields."""
    with acquire(Source(str(path), ref, subdir), PLAIN) as tree:
        return files(tree)


def taken(url: str, ref: str = "", subdir: str = "", options: AcquireOptions = LOOPBACK) -> dict[str, str]:
    """Text by path of what a URL yields."""
    with acquire(Source(url, ref, subdir), options) as tree:
        return {path: (tree.root / path).read_text() for path in files(tree)}


def gaps(address: str | Path, ref: str = "", options: AcquireOptions = LOOPBACK) -> dict[str, str]:
    """Kind by path of what was left out."""
    with acquire(Source(str(address), ref), options) as tree:
        return {gap.path: gap.kind for gap in tree.gaps}


def failure(address: str, ref: str = "", subdir: str = "", options: AcquireOptions = LOOPBACK) -> SkillauditError:
    """The error, one line long, that ends an acquisition."""
    with pytest.raises(SkillauditError) as caught, acquire(Source(address, ref, subdir), options):
        pytest.fail("there is a tree")
    assert str(caught.value)
    assert str(caught.value).isprintable()
    return caught.value

"""Each ecosystem's own ordering of versions."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from skillaudit.dependency import GO, NPM, PYPI

_SEMVER = re.compile(
    r"v?(\d{1,18})(?:\.(\d{1,18}))?(?:\.(\d{1,18}))?(?:-([0-9A-Za-z.-]{1,200}))?(?:\+[0-9A-Za-z.-]{0,200})?"
)
_STRICT = re.compile(r"\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?")
_LONGEST = 200


class OrderError(ValueError):
    """A version that its ecosystem cannot compare."""


def order_of(ecosystem: str) -> Callable[[str], Any]:
    """The function that makes a version of an ecosystem comparable; it raises ``OrderError``.

    Raises:
        OrderError: the ecosystem's ordering is not known.
    """
    orders: dict[str, Callable[[str], Any]] = {PYPI: _pep440, NPM: _semver, GO: _semver}
    if ecosystem not in orders:
        raise OrderError(f"versions of {ecosystem} are not compared")
    return orders[ecosystem]


def check_version(ecosystem: str, version: str) -> None:
    """Make sure that an installed version is one that its ecosystem accepts.

    Raises:
        OrderError: it is none.
    """
    order_of(ecosystem)(version)
    if ecosystem != PYPI and not _STRICT.fullmatch(version):
        raise OrderError(f"{version[:40]!r} is no version of {ecosystem}")


@lru_cache(1 << 15)
def _pep440(version: str) -> Any:
    from packaging.version import InvalidVersion, Version  # noqa: PLC0415 - other ecosystems need not pay for it

    if len(version) > _LONGEST:
        raise OrderError("a version of excessive length")
    try:
        return Version(version)
    except InvalidVersion as error:
        raise OrderError(f"{version[:40]!r} is no version of PyPI") from error


@lru_cache(1 << 15)
def _semver(version: str) -> tuple[int, int, int, bool, tuple[tuple[bool, int, str], ...]]:
    """Semantic versioning 2.0; a release follows its pre-releases, numbers precede words, builds do not count.

    Bounds of advisories may leave out the minor or patch number (``introduced: 0``).
    """
    match = _SEMVER.fullmatch(version)
    if match is None:
        raise OrderError(f"{version[:40]!r} is no semantic version")
    major, minor, patch, pre = match.groups()
    parts = tuple(
        (not part.isdecimal(), int(part) if part.isdecimal() and len(part) < _LONGEST else 0, part)
        for part in (pre or "").split(".")
        if part
    )
    return int(major), int(minor or 0), int(patch or 0), pre is None, parts

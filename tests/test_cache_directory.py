"""Where the cache is, and in which directories it refuses to be."""

import os
from pathlib import Path

import pytest
from caches import entries, filled

from skillaudit.cache import CacheRefusedError, DiskCache, cache_directory


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def test_the_directory_and_its_entries_are_private(place: Path) -> None:
    filled(place)
    (entry,) = entries(place)
    assert place.stat().st_mode & 0o777 == 0o700
    assert entry.stat().st_mode & 0o777 == 0o600


def test_what_is_created_on_the_way_is_private_too(tmp_path: Path) -> None:
    umask = os.umask(0o002)
    try:
        DiskCache(tmp_path / "home" / ".cache" / "skillaudit", "stamp")
    finally:
        os.umask(umask)
    assert (tmp_path / "home" / ".cache").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777, 0o1777])
def test_a_directory_that_others_may_write_is_refused(place: Path, mode: int) -> None:
    filled(place)
    place.chmod(mode)
    with pytest.raises(CacheRefusedError, match="can be written by other users"):
        DiskCache(place, "stamp")


def test_a_directory_below_one_that_others_may_write_is_refused(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    with pytest.raises(CacheRefusedError, match="can be written by other users"):
        DiskCache(shared / "cache", "stamp")
    shared.chmod(0o1777)
    DiskCache(shared / "cache", "stamp")


def test_somebody_else_s_directory_is_refused(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(place)
    monkeypatch.setattr(os, "getuid", lambda: place.stat().st_uid + 1)
    with pytest.raises(CacheRefusedError, match="belongs to another user"):
        DiskCache(place, "stamp")


def test_a_link_to_a_directory_is_refused(place: Path, tmp_path: Path) -> None:
    filled(place)
    link = tmp_path / "link"
    link.symlink_to(place)
    with pytest.raises(CacheRefusedError, match="cannot be used"):
        DiskCache(link, "stamp")


def test_a_file_in_the_directory_s_place_is_refused(place: Path) -> None:
    place.write_text("")
    with pytest.raises(CacheRefusedError, match="cannot be used"):
        DiskCache(place, "stamp")


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"SKILLAUDIT_CACHE_DIR": "/a", "XDG_CACHE_HOME": "/b", "HOME": "/c"}, "/a"),
        ({"XDG_CACHE_HOME": "/b", "HOME": "/c"}, "/b/skillaudit"),
        ({"HOME": "/c"}, "/c/.cache/skillaudit"),
    ],
)
def test_where_the_cache_is(environment: dict[str, str], expected: str) -> None:
    assert cache_directory(environment) == Path(expected)


@pytest.mark.parametrize("environment", [{}, {"SKILLAUDIT_CACHE_DIR": "relative"}, {"XDG_CACHE_HOME": "."}])
def test_a_place_that_depends_on_the_working_directory_is_refused(environment: dict[str, str]) -> None:
    with pytest.raises(CacheRefusedError):
        cache_directory(environment)

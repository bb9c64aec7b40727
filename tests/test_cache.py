import os
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from caches import MARKS, SHAPE, VALUE, entries, filled

from skillaudit import resources
from skillaudit.cache import Cache, DiskCache, NullCache, collector_stamp


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def test_what_was_put_is_got_by_a_later_run(place: Path) -> None:
    assert filled(place).close() == ""
    later = DiskCache(place, "stamp")
    assert later.get("marks", "digest", SHAPE) == MARKS
    assert later.get("marks", "other", SHAPE) is None
    assert later.get("modules", "digest", SHAPE) is None
    assert DiskCache(place, "other stamp").get("marks", "digest", SHAPE) is None


def _truncate(entry: bytes) -> bytes:
    return entry[:-3]


def _flip(entry: bytes) -> bytes:
    return entry[:-4] + bytes([entry[-4] ^ 1]) + entry[-3:]


def _empty(_: bytes) -> bytes:
    return b""


def _foreign(_: bytes) -> bytes:
    return b"\x80\x04\x95 a pickle, say"


@pytest.mark.parametrize("spoil", [_truncate, _flip, _empty, _foreign])
def test_a_spoilt_entry_is_a_miss_and_can_be_replaced(place: Path, spoil: Callable[[bytes], bytes]) -> None:
    cache = filled(place)
    (entry,) = entries(place)
    entry.write_bytes(spoil(entry.read_bytes()))
    assert cache.get("marks", "digest", SHAPE) is None
    cache.put("marks", "digest", VALUE)
    assert cache.get("marks", "digest", SHAPE) == MARKS


def test_an_entry_of_another_key_is_a_miss(place: Path) -> None:
    cache = filled(place)
    (first,) = entries(place)
    cache.put("marks", "other", msgspec.json.encode(()))
    (second,) = set(entries(place)) - {first}
    first.write_bytes(second.read_bytes())
    assert cache.get("marks", "digest", SHAPE) is None


@pytest.mark.parametrize("value", [b"[1]", b"{}", b"[", b'"\xff"', b"[" * 100_000])
def test_an_entry_of_another_shape_is_a_miss(place: Path, value: bytes) -> None:
    cache = DiskCache(place, "stamp")
    cache.put("marks", "digest", value)
    assert cache.get("marks", "digest", SHAPE) is None


def test_a_link_a_pipe_or_a_directory_in_an_entry_s_place_is_a_miss(place: Path, tmp_path: Path) -> None:
    cache = filled(place)
    (entry,) = entries(place)
    moved = entry.rename(tmp_path / "moved")
    entry.symlink_to(moved)
    assert cache.get("marks", "digest", SHAPE) is None
    entry.unlink()
    os.mkfifo(entry)
    assert cache.get("marks", "digest", SHAPE) is None
    entry.unlink()
    entry.mkdir()
    assert cache.get("marks", "digest", SHAPE) is None


def test_somebody_else_s_entry_is_a_miss(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = filled(place)
    monkeypatch.setattr(os, "getuid", lambda: place.stat().st_uid + 1)
    assert cache.get("marks", "digest", SHAPE) is None


def test_what_was_not_used_for_longest_goes_first(place: Path) -> None:
    cache = DiskCache(place, "stamp", size=5000)
    value = b'"' + b"x" * 958 + b'"'
    for number in range(6):
        cache.put("text", str(number), value)
    for age, number in enumerate((3, 0, 1, 2, 4, 5)):
        entry = place / cache._name("text", str(number))
        old = time.time() - 10 * 86_400 + age
        os.utime(entry, (old, old))
    assert cache.get("text", "3", str) is not None
    (place / ".abandoned").write_text("")
    os.utime(place / ".abandoned", (0, 0))
    assert cache.close() == ""
    kept = DiskCache(place, "stamp")
    assert [number for number in range(6) if kept.get("text", str(number), str)] == [2, 3, 4, 5]
    assert len(entries(place)) == 4


def test_a_write_that_fails_is_told_once_and_leaves_nothing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = DiskCache(place, "stamp")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "rename", full)
    cache.put("marks", "digest", VALUE)
    cache.put("marks", "other", VALUE)
    assert entries(place) == []
    assert cache.close() == "the cache was not written: No space left on device"


def test_the_stamp_changes_with_the_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rule = tmp_path / "go" / "rule.yaml"
    rule.parent.mkdir()
    monkeypatch.setattr(resources, "directory", lambda _: tmp_path)
    stamps = []
    for text in ("one", "two", "one"):
        rule.write_text(text)
        stamps.append(collector_stamp())
    assert stamps[0] == stamps[2] != stamps[1]


@pytest.mark.parametrize("name", ["module.py", "table.toml", "below/module.py", "below/table.toml"])
def test_the_stamp_changes_with_a_folders_modules_and_tables(name: str, tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    stamps = []
    for text in ("one", "two", "one"):
        (tmp_path / name).write_text(text)
        stamps.append(collector_stamp([str(tmp_path)]))
    assert stamps[0] == stamps[2] != stamps[1]


def test_the_null_cache_remembers_nothing() -> None:
    cache: Cache = NullCache()
    cache.put("marks", "digest", VALUE)
    assert cache.get("marks", "digest", SHAPE) is None
    assert cache.close() == ""

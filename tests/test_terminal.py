"""Output files are written whole, and what is no file stays what it is."""

import os
import stat
import threading
from pathlib import Path

import pytest

from skillaudit.errors import RefusedError
from skillaudit.terminal import write_file


def test_a_pipe_takes_the_text_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    write_file(pipe, "report")
    reader.join(10)
    assert read == ["report"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_device_stays_a_device() -> None:
    write_file(Path(os.devnull), "report")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.write_text("an older and longer report", encoding="utf-8")
    write_file(file, "report")
    assert file.read_text(encoding="utf-8") == "report"
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="cannot write"):
        write_file(tmp_path, "report")

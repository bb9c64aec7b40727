"""Where the local database is; apart from what builds it, so that an audit loads no HTTP client."""

from collections.abc import Mapping
from pathlib import Path

_FILE = "advisories.sqlite"


def database_path(environment: Mapping[str, str]) -> Path | None:
    """Where the database is: ``SKILLAUDIT_DATA_DIR``, or below ``XDG_DATA_HOME`` or ``~/.local/share``.

    None where none of them names an absolute folder.
    """
    home, base = environment.get("HOME", ""), environment.get("XDG_DATA_HOME", "")
    shared = Path(base) if base else Path(home) / ".local" / "share" if home else Path()
    folder = Path(environment.get("SKILLAUDIT_DATA_DIR") or shared / "skillaudit")
    return folder / _FILE if folder.is_absolute() else None

"""Where the data files that ship with the package lie: rules and report templates."""

from pathlib import Path


def directory(name: str) -> Path:
    """The folder ``name`` (``rules``, ``reports``) of this installation.

    An installed package holds it under ``_data``; in a checkout it stands beside the package.

    Raises:
        FileNotFoundError: neither place has it, the installation is damaged.
    """
    package = Path(__file__).resolve().parent
    for candidate in (package / "_data" / name, package.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"skillaudit is installed without its {name} folder")

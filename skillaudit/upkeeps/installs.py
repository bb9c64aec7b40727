"""What runs, and from where code comes, when somebody installs the package."""

import re
from collections.abc import Iterator
from typing import Any

from skillaudit.credentials import shorten
from skillaudit.model import Location
from skillaudit.treefiles import Files
from skillaudit.upkeep import ExtraIndex, InstallScript, Sign

_SCRIPTS = ("preinstall", "install", "postinstall")
_REQUIREMENTS = re.compile(
    r"(?:.*/)?(?:[\w.-]*requirements[\w.-]*\.(?:txt|in)|requirements/[\w.-]+\.(?:txt|in)|constraints\.txt)",
    re.IGNORECASE,
)
_RUN = re.compile(
    r"(?:.*/)?(?:(?:Docker|Container)file[\w.-]*|[\w.-]+\.Dockerfile|pip\.conf|\.?pip/pip\.conf)", re.IGNORECASE
)
_EXTRA = re.compile(
    r"--extra-index-url[= ]+\S+|^[ \t]*extra-index-url\s*=.*|\b(?:PIP|UV)_EXTRA_INDEX_URL\s*[=:]\s*\S+", re.MULTILINE
)


def read(files: Files) -> Iterator[Sign]:
    """Install scripts of what ships to others, and second indexes."""
    for package in files.inventory.packages:
        name = package.manifest.rpartition("/")[2]
        if name == "package.json" and package.ships:
            yield from _scripts(files, package.manifest, package.path)
        elif name == "pyproject.toml":
            yield from _python_indexes(files, package.manifest, package.path)
    for pattern in (_REQUIREMENTS, _RUN):
        for file in files.matching(pattern):
            text = files.text(file.path)
            for found in _EXTRA.finditer(text):
                line = text.count("\n", 0, found.start() + len(found[0]) - len(found[0].lstrip())) + 1
                if not text.split("\n")[line - 1].lstrip().startswith("#"):
                    yield ExtraIndex(Location(file.path, line), file.package, "--extra-index-url")


def _scripts(files: Files, manifest: str, package: str) -> Iterator[InstallScript]:
    held = files.json(manifest)
    scripts = held.get("scripts")
    if held.get("private") is True or not isinstance(scripts, dict):
        return
    for name in _SCRIPTS:
        if isinstance(command := scripts.get(name), str) and command.strip():
            place = files.line_of(manifest, rf'^[ \t]*"{name}"\s*:')
            yield InstallScript(place, package, name, shorten(command, 200))


def _python_indexes(files: Files, manifest: str, package: str) -> Iterator[ExtraIndex]:
    """Indexes of uv and poetry that are asked for every name: those that are explicit or the only one are not."""
    tool = files.toml(manifest).get("tool")
    if not isinstance(tool, dict):
        return
    uv, poetry = _mapping(tool.get("uv")), _mapping(tool.get("poetry"))
    for one in _tables(uv.get("index")):
        if not one.get("explicit") and not one.get("default"):
            yield ExtraIndex(_at(files, manifest, one), package, "[[tool.uv.index]]")
    if uv.get("extra-index-url"):
        yield ExtraIndex(files.line_of(manifest, r"^[ \t]*extra-index-url\s*="), package, "extra-index-url")
    for one in _tables(poetry.get("source")):
        if one.get("priority", "primary") in {"supplemental", "secondary"} or one.get("secondary"):
            yield ExtraIndex(_at(files, manifest, one), package, "[[tool.poetry.source]]")


def _at(files: Files, manifest: str, table: dict[str, Any]) -> Location:
    return files.line_of(manifest, rf"^[ \t]*url\s*=\s*[\"']{re.escape(str(table.get('url', '')))}[\"']")


def _mapping(held: Any) -> dict[str, Any]:
    return held if isinstance(held, dict) else {}


def _tables(held: Any) -> list[dict[str, Any]]:
    return [one for one in held if isinstance(one, dict)] if isinstance(held, list) else []

"""Configurations of services that update dependencies, in all the places where those look."""

import re
from collections.abc import Iterator

from skillaudit.configuration import Node, children, raw, text
from skillaudit.model import Location
from skillaudit.treefiles import Files
from skillaudit.upkeep import Sign, Updater

_DEPENDABOT = re.compile(r"\.github/dependabot\.ya?ml|\.dependabot/config\.ya?ml")
_RENOVATE = re.compile(r"(?:\.github/|\.gitlab/)?(?:renovate\.json[5c]?|\.renovaterc(?:\.json[5c]?)?)")
_OTHERS = {".pyup.yml": "pyup", "depfu.yml": "Depfu", ".depfu.yml": "Depfu", ".whitesource": "Mend", ".snyk.d": "Snyk"}
_UPDATECLI = re.compile(r"(?:\.github/)?updatecli(?:\.d)?/.*\.(?:ya?ml|tpl)|updatecli\.ya?ml")
_OFF = re.compile(r"^[ \t]*[\"']?enabled[\"']?\s*:\s*false", re.MULTILINE)


def read(files: Files) -> Iterator[Sign]:
    """One sign for each configuration."""
    for file in files.matching(_DEPENDABOT):
        yield _dependabot(file.path, files.tree(file.path))
    for file in files.matching(_RENOVATE):
        yield Updater(Location(file.path, 1), "Renovate", (), _on(files.text(file.path)))
    if "package.json" in files.known and isinstance(files.json("package.json").get("renovate"), dict):
        yield Updater(files.line_of("package.json", r'^[ \t]*"renovate"\s*:'), "Renovate", (), enabled=True)
    for path, service in _OTHERS.items():
        if path in files.known:
            yield Updater(Location(path, 1), service, (), enabled=True)
    for file in files.matching(_UPDATECLI):
        yield Updater(Location(file.path, 1), "updatecli", (), enabled=True)


def _dependabot(path: str, root: Node | None) -> Updater:
    entries = (*children(root, "updates"), *children(root, "update_configs"))
    asked = {
        raw(one, "package-ecosystem") or raw(one, "package_manager")
        for one in entries
        if text(one, "open-pull-requests-limit") != "0"
    }
    return Updater(Location(path, 1), "Dependabot", tuple(sorted(asked - {""})), bool(asked - {""}))


def _on(text: str) -> bool:
    """Whether Renovate is on: only its top level can switch it off, which is indented least."""
    found = [match[0] for match in _OFF.finditer(text)]
    widths = [
        len(line) - len(line.lstrip()) for line in text.split("\n") if line.strip()[:1] in {'"', "'"} or ":" in line
    ]
    return not any(len(one.lstrip("\n")) - len(one.lstrip()) <= min(widths, default=0) for one in found)

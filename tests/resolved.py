"""What files say that a package installs, for tests: files in, names and versions out."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from audits import write_tree

from skillaudit.dependency import Dependency, Listing
from skillaudit.inventory import take_inventory
from skillaudit.resolve import resolve

PYPROJECT = """[project]
name = "server"
version = "1.0.0"
dependencies = ["app-a>=1"]
[dependency-groups]
dev = ["dev-a"]
"""
PACKAGE = """{
  "name": "server", "version": "1.0.0",
  "dependencies": {"app-a": "^1.0.0"},
  "devDependencies": {"dev-a": "^1.0.0"}
}"""


def listings(files: Mapping[str, str]) -> tuple[Listing, ...]:
    with tempfile.TemporaryDirectory() as folder:
        write_tree(Path(folder), files)
        return resolve(Path(folder), take_inventory(Path(folder)))


def listing(files: Mapping[str, str], path: str, package: str = "") -> Listing:
    found = [one for one in listings(files) if (one.path, one.package) == (path, package)]
    assert len(found) == 1, found
    return found[0]


def described(one: Dependency) -> str:
    """Such as ``app-b 2.0 dev < app-a@1.0``: without a way, it is direct."""
    aside = " dev" if one.development else ""
    way = "" if one.direct else f" < {' > '.join(one.via)}"
    return f"{one.coordinate.name} {one.coordinate.version}{aside}{way}"


def read(files: Mapping[str, str], path: str, package: str = "") -> list[str]:
    found = listing(files, path, package)
    assert not found.trouble, found.trouble
    return [described(one) for one in found.dependencies]

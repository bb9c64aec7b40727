"""``python -m bench.dependencies [ARCHIVE …]``: a large lockfile against a large database, and building that database.

Without archives, the database is made of as many invented advisories as the lockfile has packages.
"""

import json
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Generic, TypeVar

import click

from skillaudit.advisories._build import Supply, build
from skillaudit.inventory import take_inventory
from skillaudit.lookup import Choice, LookupOptions, look_up
from skillaudit.resolve import resolve

T = TypeVar("T")

_FAN = 3
"""Further packages that each package needs."""
_TIMES = 7


def write_lockfile(folder: Path, packages: int) -> None:
    """A project of npm whose lockfile has so many packages, each of which needs the next few."""
    entries: dict[str, object] = {"": {"name": "server", "version": "1.0.0", "dependencies": {"package-0": "^1.0.0"}}}
    for number in range(packages):
        needed = {f"package-{other}": "^1.0.0" for other in range(number + 1, min(number + 1 + _FAN, packages))}
        address = f"https://packages.example.org/package-{number}/-/package-{number}-1.0.{number}.tgz"
        entries[f"node_modules/package-{number}"] = {
            "version": f"1.0.{number}",
            "resolved": address,
            "integrity": f"sha512-{number:086d}==",
            "license": "MIT",
            "dependencies": needed,
        }
    lockfile = {"name": "server", "version": "1.0.0", "lockfileVersion": 3, "requires": True, "packages": entries}
    (folder / "package-lock.json").write_text(json.dumps(lockfile, indent=2), encoding="utf-8")
    manifest = {"name": "server", "version": "1.0.0", "dependencies": {"package-0": "^1.0.0"}}
    (folder / "package.json").write_text(json.dumps(manifest), encoding="utf-8")


def write_advisories(path: Path, advisories: int) -> None:
    """An archive in OSV's layout; every tenth advisory holds for the version that the lockfile has."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(advisories):
            fixed = "2.0.0" if number % 10 == 0 else "1.0.0"
            events = [{"introduced": "0"}, {"fixed": fixed}]
            package = {"ecosystem": "npm", "name": f"package-{number}"}
            record = {
                "id": f"GHSA-bench-{number}",
                "modified": "2026-01-01T00:00:00Z",
                "summary": "invented",
                "affected": [{"package": package, "ranges": [{"type": "SEMVER", "events": events}]}],
            }
            archive.writestr(f"GHSA-bench-{number}.json", json.dumps(record))


@dataclass(frozen=True, slots=True)
class Timed(Generic[T]):
    """What work gave, with the seconds that it took: on the clock, and of the processor."""

    result: T
    wall: float
    processor: float

    def __str__(self) -> str:
        """Both times."""
        return f"{self.wall:.2f} s ({self.processor:.2f} s of processor time)"


def timed(work: Callable[[], T]) -> Timed[T]:
    """Do it once."""
    started, spent = time.perf_counter(), time.process_time()
    result = work()
    return Timed(result, time.perf_counter() - started, time.process_time() - spent)


def measure(archives: tuple[Path, ...], packages: int, folder: Path) -> tuple[Timed[int], list[Timed[int]]]:
    """How long it takes to build the database (giving its records), and to read and match a lockfile, warm.

    The second is measured several times; its results are the numbers of vulnerable versions.
    """
    tree, database = folder / "tree", folder / "advisories.sqlite"
    tree.mkdir()
    write_lockfile(tree, packages)
    invented = folder / "invented.zip"
    write_advisories(invented, packages)
    supplies = [Supply(path, datetime.now(UTC).date()) for path in (*archives, invented)]
    building = timed(lambda: sum(one.records for one in build(database, supplies, lambda _what, _done, _of: None)))
    inventory = take_inventory(tree)
    options = LookupOptions(Choice.LOCAL, database)
    today = date.today().isoformat()  # noqa: DTZ011 - only its distance to the database's date counts

    def audit() -> int:
        return len(look_up(resolve(tree, inventory), options, today).found)

    audit()  # modules are loaded
    return building, [timed(audit) for _ in range(_TIMES)]


@click.command()
@click.argument("archives", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--packages", default=5000, show_default=True, help="Packages of the generated lockfile.")
def main(archives: tuple[Path, ...], packages: int) -> None:
    """Time the database build from ARCHIVES, and reading and matching a generated lockfile."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        building, readings = measure(archives, packages, Path(folder))
    middle, slowest = (order := sorted(readings, key=lambda one: one.wall))[len(order) // 2], order[-1]
    click.echo(f"database of {building.result} records built: {building}")
    click.echo(f"lockfile of {packages} packages read and matched, warm, median of {_TIMES}: {middle}")
    click.echo(f"slowest: {slowest}; {middle.result} vulnerable versions found")


if __name__ == "__main__":
    main()

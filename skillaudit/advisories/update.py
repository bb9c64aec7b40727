"""What ``skillaudit advisories update`` does."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from skillaudit.advisories._build import Built, Progress, Supply, build
from skillaudit.advisories._download import download
from skillaudit.dependency import GO, NPM, PYPI
from skillaudit.errors import RefusedError

DUMPS = tuple(f"https://osv-vulnerabilities.storage.googleapis.com/{quote(one)}/all.zip" for one in (PYPI, NPM, GO))
KEV = "https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json"
EPSS = "https://epss.empiricalsecurity.com/epss_scores-current.csv.gz"


def update(database: Path, addresses: Sequence[str], progress: Progress) -> tuple[Built, ...]:
    """Fetch what is named, and rebuild what it is about.

    Args:
        database: its path; the folder is made if there is none.
        addresses: URLs and local files of OSV archives, a KEV catalogue, an EPSS table.
        progress: told about every download and archive.

    Raises:
        RefusedError: an address may not be asked, a file is missing or of no known kind.
        AcquireError: something could not be fetched.
    """
    try:
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _downloads(database.parent) as folder:
            return build(database, [_supply(address, folder, progress) for address in addresses], progress)
    except OSError as error:
        raise RefusedError(f"the advisory database cannot be written: {error.strerror}") from error


@contextmanager
def _downloads(parent: Path) -> Iterator[Path]:
    """A folder that stays if the update fails, so that the next one can go on from there."""
    folder = parent / "downloads"
    folder.mkdir(mode=0o700, exist_ok=True)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def _supply(address: str, folder: Path, progress: Progress) -> Supply:
    """A file with the day that it speaks for: a download's as its server says, else that of the last change."""
    if "://" in address:
        return Supply(*download(address, folder, progress))
    path = Path(address)
    if not path.is_file():
        raise RefusedError(f"there is no file {address[:200]!r}")
    return Supply(path, datetime.fromtimestamp(path.stat().st_mtime, UTC).date())

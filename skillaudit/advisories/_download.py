"""Fetch a file so that a broken connection loses nothing: the next attempt goes on from where the last one ended."""

import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from requests import RequestException, Response

from skillaudit.advisories._http import TIMEOUT, new_session, require_safe
from skillaudit.errors import AcquireError

MOST = 4 << 30
"""Bytes of one file, compressed."""

_PIECE = 1 << 18
_PARTIAL, _COMPLETE = 206, 416

Progress = Callable[[str, int, int], None]


def download(url: str, folder: Path, progress: Progress) -> tuple[Path, date]:
    """The file behind an address, and the day it was made.

    Args:
        url: https, or http on this machine.
        folder: where it goes; what an earlier attempt left there is completed if it is still the same file.
        progress: called with a name, the bytes that have come, and how many there are.

    Raises:
        RefusedError: the address may not be asked.
        AcquireError: it could not be fetched; what came stays for the next attempt.
    """
    require_safe(url)
    place = folder / f"{hashlib.sha256(url.encode()).hexdigest()[:16]}.part"
    stamp = place.with_suffix(".stamp")
    headers = {"Accept-Encoding": "identity"}
    had = place.stat().st_size if place.is_file() and stamp.is_file() else 0
    if had:
        headers |= {"Range": f"bytes={had}-", "If-Range": stamp.read_text(encoding="utf-8")}
    try:
        with new_session() as session, session.get(url, headers=headers, timeout=TIMEOUT, stream=True) as response:
            require_safe(response.url)
            if response.status_code != _COMPLETE:
                _save(response, place, stamp, had if response.status_code == _PARTIAL else 0, progress)
            made = _made(response)
    except (RequestException, OSError) as error:
        raise AcquireError(
            f"cannot fetch {_host(url)} ({type(error).__name__}); run the same again to go on"
        ) from error
    return place, made


def _save(response: Response, place: Path, stamp: Path, had: int, progress: Progress) -> None:
    if not response.ok:
        raise AcquireError(f"{_host(response.url)} answered {response.status_code}")
    validator = response.headers.get("ETag") or response.headers.get("Last-Modified")
    if validator and not validator.startswith("W/"):
        stamp.write_text(validator, encoding="utf-8")
    else:
        stamp.unlink(missing_ok=True)
    total = had + int(response.headers.get("Content-Length") or 0)
    with place.open("ab" if had else "wb") as file:
        for piece in response.iter_content(_PIECE):
            file.write(piece)
            progress(_host(response.url), file.tell(), total)
            if file.tell() > MOST:
                raise AcquireError(f"{_host(response.url)} sends more than is read")
    if response.headers.get("Content-Length") and place.stat().st_size < total:
        raise AcquireError(f"{_host(response.url)} broke off; run the same again to go on")


def _made(response: Response) -> date:
    """The day of the answer's last change, today where it does not say."""
    today = datetime.now(UTC).date()
    try:
        return min(today, parsedate_to_datetime(response.headers.get("Last-Modified", "")).date())
    except (TypeError, ValueError):
        return today


def _host(url: str) -> str:
    return "/".join(url.split("?", maxsplit=1)[0].split("/")[2:])[:120]

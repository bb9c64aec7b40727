"""Ask OSV's public service: one batch of names and versions, then the records that it names."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import msgspec
from requests import RequestException, Session

from skillaudit.advisories._http import TIMEOUT, body_of, new_session, require_safe
from skillaudit.advisories._matching import advisory_of, merged
from skillaudit.advisories._record import Entry, decode, entries
from skillaudit.advisory import Advisory, Answer, SourceError
from skillaudit.dependency import GO, NPM, PYPI, Coordinate

URL = "https://api.osv.dev"
"""The public service."""

_BATCH, _PAGES, _THREADS = 1000, 20, 8
_ASKED = frozenset({PYPI, NPM, GO})


class _Named(msgspec.Struct, frozen=True):
    id: str


class _Result(msgspec.Struct, frozen=True):
    vulns: tuple[_Named, ...] = ()
    next_page_token: str = ""


class _Batch(msgspec.Struct, frozen=True):
    results: tuple[_Result, ...]


class OsvSource:
    """A service that speaks OSV's protocol.

    Args:
        url: its address without the path; https, or http on this machine.

    Raises:
        RefusedError: the address is neither.
    """

    def __init__(self, url: str = URL) -> None:
        self._url = require_safe(url.rstrip("/"))
        self._session = new_session()

    def ask(self, coordinates: Sequence[Coordinate]) -> Answer:
        """Look everything up.

        Raises:
            SourceError: the service does not answer, or not as OSV does.
        """
        asked = [one for one in coordinates if one.ecosystem in _ASKED]
        named: dict[Coordinate, list[str]] = {}
        for start in range(0, len(asked), _BATCH):
            self._ask_batch(asked[start : start + _BATCH], named)
        with ThreadPoolExecutor(_THREADS) as pool:
            wanted = sorted({identifier for found in named.values() for identifier in found})
            records = dict(zip(wanted, pool.map(self._record, wanted), strict=True))
        unchecked = {
            one: f"packages of {one.ecosystem} are not looked up" for one in coordinates if one.ecosystem not in _ASKED
        }
        found = {one: merged(_advisories(one, identifiers, records)) for one, identifiers in named.items()}
        return Answer("osv", None, {one: advisories for one, advisories in found.items() if advisories}, unchecked)

    def _ask_batch(self, coordinates: Sequence[Coordinate], named: dict[Coordinate, list[str]]) -> None:
        """Add the names of the records on each coordinate, page after page."""
        pending = dict.fromkeys(coordinates, "")
        for _ in range(_PAGES):
            if not pending:
                return
            queries = [
                {"package": {"name": one.name, "ecosystem": one.ecosystem}, "version": one.version}
                | ({"page_token": token} if token else {})
                for one, token in pending.items()
            ]
            answer = self._post({"queries": queries})
            if len(answer.results) != len(queries):
                raise SourceError("it answered another number of packages than it was asked about")
            further = {}
            for one, result in zip(list(pending), answer.results, strict=True):
                named.setdefault(one, []).extend(found.id for found in result.vulns)
                if result.next_page_token:
                    further[one] = result.next_page_token
            pending = further
        raise SourceError("its answer has more pages than are read")

    def _post(self, question: object) -> _Batch:
        try:
            with self._session.post(
                f"{self._url}/v1/querybatch",
                data=msgspec.json.encode(question),
                headers={"Content-Type": "application/json"},
                timeout=TIMEOUT,
                stream=True,
                allow_redirects=False,
            ) as response:
                return msgspec.json.decode(body_of(response), type=_Batch)
        except RequestException as error:
            raise SourceError(f"it does not answer ({type(error).__name__})") from error
        except msgspec.DecodeError as error:
            raise SourceError("it does not answer as OSV does") from error

    def _record(self, identifier: str) -> dict[tuple[str, str], list[Entry]] | None:
        """The entries of a record by ecosystem and package; None where it cannot be read."""
        return _read_record(self._session, f"{self._url}/v1/vulns/{identifier}")


def _read_record(session: Session, url: str) -> dict[tuple[str, str], list[Entry]] | None:
    try:
        with session.get(url, timeout=TIMEOUT, stream=True, allow_redirects=False) as response:
            record = decode(body_of(response))
    except (RequestException, SourceError, msgspec.DecodeError):
        return None
    found: dict[tuple[str, str], list[Entry]] = {}
    for ecosystem, name, entry in entries(record):
        found.setdefault((ecosystem, name), []).append(entry)
    return found


def _advisories(
    one: Coordinate, identifiers: Sequence[str], records: dict[str, dict[tuple[str, str], list[Entry]] | None]
) -> Iterator[Advisory]:
    """What the service named, with the record's details; without the record, by its name alone."""
    for identifier in identifiers:
        record = records[identifier]
        if record is None:
            yield Advisory(identifier)
        elif record:  # a withdrawn one is empty
            known = record.get((one.ecosystem, one.name))
            yield from (advisory_of(entry, one) for entry in known) if known else (Advisory(identifier),)

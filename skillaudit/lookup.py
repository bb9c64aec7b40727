"""Choose who is asked about known vulnerabilities: the local database, OSV, the package index, or nobody."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Final

import msgspec
from msgspec.structs import replace

from skillaudit.advisories.local import OLD_DAYS, LocalSource
from skillaudit.advisory import UPDATE, AdvisorySource, Answer, SourceError, asked_about
from skillaudit.credentials import provider_of
from skillaudit.dependency import Listing

_WITHHELD: Final = "its name or version holds a credential, which is sent to nobody"


class Choice(StrEnum):
    """What ``--advisories`` takes."""

    AUTO = "auto"
    LOCAL = "local"
    OSV = "osv"
    PYPI = "pypi"


class LookupOptions(msgspec.Struct, frozen=True):
    """Whom to ask.

    Attributes:
        choice: A source by name, or ``auto``: a local database that is fresh, else OSV, else an old database.
        database: Where the local database is, None where there can be none.
        offline: Never use the network.
        osv_url: Address of a service that speaks OSV's protocol.
    """

    choice: Choice = Choice.AUTO
    database: Path | None = None
    offline: bool = True
    osv_url: str = ""


def look_up(
    listings: tuple[Listing, ...], options: LookupOptions, as_of: str, warn: Callable[[str], None] = lambda _: None
) -> Answer:
    """Look every listed version up, by one source.

    Args:
        listings: what the repository installs.
        options: whom to ask.
        as_of: the ISO date that the age of data is counted to.
        warn: called with lines for the user: what is sent where, and what is old.
    """
    wanted = asked_about(listings)
    withheld = {one: _WITHHELD for one in wanted if provider_of(f"{one.name} {one.version}")}
    coordinates = tuple(one for one in wanted if one not in withheld)
    if not coordinates:
        return Answer(refused=f"nothing was looked up; run `{UPDATE}`") if listings else Answer()
    held: Answer | None = None
    why: list[str] = []
    for choice, source in _sources(options, as_of):
        if choice is not Choice.LOCAL:
            warn(f"asking {choice} about {len(coordinates)} package versions: names and versions only are sent")
        try:
            answer = source().ask(coordinates)
        except SourceError as error:
            why.append(f"{choice}: {error}" if choice is not Choice.LOCAL else str(error))
            continue
        if choice is Choice.LOCAL and (answer.age_days or 0) > OLD_DAYS and _may_ask(options):
            held = answer
            continue
        return _said(replace(answer, unchecked={**answer.unchecked, **withheld}), warn)
    if held is not None:
        unchecked = {**held.unchecked, **withheld}
        return _said(replace(held, unchecked=unchecked, warnings=(*held.warnings, *why)), warn)
    return Answer(refused=f"known vulnerabilities were not looked up: {'; '.join(why)}")


def _may_ask(options: LookupOptions) -> bool:
    return options.choice is Choice.AUTO and not options.offline


def _sources(options: LookupOptions, as_of: str) -> list[tuple[Choice, Callable[[], AdvisorySource]]]:
    """Who is asked, in this order, until one answers; each is made when its turn comes."""
    found: list[tuple[Choice, Callable[[], AdvisorySource]]] = []
    if options.choice in {Choice.AUTO, Choice.LOCAL}:
        database = options.database
        found.append((Choice.LOCAL, lambda: _local(database, as_of)))
    if options.choice in {Choice.AUTO, Choice.OSV}:
        found.append((Choice.OSV, lambda: _osv(options)))
    if options.choice is Choice.PYPI:
        found.append((Choice.PYPI, _pypi))
    return [one for one in found if one[0] is Choice.LOCAL or not options.offline] or [(options.choice, _nobody)]


def _local(database: Path | None, as_of: str) -> AdvisorySource:
    if database is None:
        raise SourceError(f"there is no local advisory database; run `{UPDATE}`")
    return LocalSource(database, as_of)


def _osv(options: LookupOptions) -> AdvisorySource:
    from skillaudit.advisories.osv import URL, OsvSource  # noqa: PLC0415 - HTTP is loaded when it is used

    return OsvSource(options.osv_url or URL)


def _pypi() -> AdvisorySource:
    from skillaudit.advisories.pypi import PypiSource  # noqa: PLC0415 - pip-audit takes half a second to load

    return PypiSource()


def _nobody() -> AdvisorySource:
    raise SourceError(f"--offline forbids to ask; run `{UPDATE}` and leave --advisories out")


def _said(answer: Answer, warn: Callable[[str], None]) -> Answer:
    for warning in answer.warnings:
        warn(warning)
    return answer

"""Read commits, newest first, for the signs of life in them: object reading only, capped in number."""

import heapq
import re
from collections import Counter
from datetime import UTC, datetime

import msgspec
from msgspec.structs import replace

from skillaudit.acquirers._job import Job
from skillaudit.acquirers._objects import MissingObjectError, ObjectStore, open_store
from skillaudit.errors import AcquireError
from skillaudit.history import History

MAX_COMMITS = 1500
"""Commits that are read at most; a year of the busiest server of the development corpus has as many."""

_YEAR = 365 * 86400
_LATEST = 253402300799
"""The last second of the year 9999, the last one with an ISO date of four digits."""
_PERSON = re.compile(rb"^(?P<name>[^<]*)<(?P<email>[^>]*)> (?P<seconds>\d{1,15}) ")
_BOT = re.compile(
    r"\[bot\]|^(?:dependabot|renovate|greenkeeper|snyk|github[ -]?actions?|semantic-release|release-please"
    r"|pre-commit-ci|mergify|allcontributors|imgbot|pyup|depfu|whitesource|mend|codecov|step-security|openapi-sdkbot|speakeasy)\b"
    r"|(?:^|[-_. ])(?:bot|ci|autobump|automation)$|^(?:bot|ci|root|jenkins|buildbot|travis ci|circleci)$",
    re.IGNORECASE,
)
_BOT_MAIL = re.compile(
    r"\[bot\]@|^(?:bot|ci|actions?|github-actions?|renovate|noreply|no-reply)@|[-_.+]bot@|@(?:renovateapp\.com|snyk\.io)$",
    re.IGNORECASE,
)


class _Commit(msgspec.Struct, frozen=True):
    seconds: int
    author: str
    human: bool
    parents: tuple[str, ...]


def read_history(job: Job, commit: str, *, deepened: bool = False) -> History:
    """The history behind a commit of ``job.store``; never an exception, whatever the objects are.

    Args:
        job: whose store holds the commits.
        commit: full id.
        deepened: we cut the history off ourselves, so that missing parents say nothing about the repository.
    """
    try:
        with open_store(job) as objects:
            return _read(objects, commit, deepened=deepened)
    except (AcquireError, MissingObjectError) as error:
        return History(trouble=f"its commits could not be read: {error}")


def is_bot(name: str, email: str) -> bool:
    """Whether an author calls itself a machine."""
    return bool(_BOT.search(name.strip()) or _BOT_MAIL.search(email.strip()))


def _read(objects: ObjectStore, start: str, *, deepened: bool) -> History:
    found = History()
    newest = 0
    people: Counter[str] = Counter()
    for number, commit in enumerate(walk := _Walk(objects, start)):
        if number == 0:
            found = replace(found, newest=_date(commit.seconds))
        if commit.human and not found.newest_human:
            newest = commit.seconds
            found = replace(found, newest_human=_date(newest))
        if found.newest_human and commit.seconds < newest - _YEAR:
            break
        if commit.human:
            people[commit.author] += 1
    return replace(found, commits=people.total(), authors=len(people), shallow=walk.cut and not deepened)


class _Walk:
    """Commits in the order of their dates, each once; ``cut``: a parent was not there."""

    def __init__(self, objects: ObjectStore, start: str) -> None:
        self.objects = objects
        self.seen = {start}
        self.pending = [(0, start, _parse(objects.metadata(start)))]
        self.cut = False

    def __iter__(self) -> "_Walk":
        return self

    def __next__(self) -> _Commit:
        if not self.pending:
            raise StopIteration
        commit = heapq.heappop(self.pending)[2]
        for parent in commit.parents:
            if parent in self.seen or len(self.seen) >= MAX_COMMITS:
                continue
            self.seen.add(parent)
            try:
                held = _parse(self.objects.metadata(parent))
            except MissingObjectError:
                self.cut = True
                continue
            heapq.heappush(self.pending, (-held.seconds, parent, held))
        return commit


def _parse(data: bytes) -> _Commit:
    """A commit's author by name, and the date at which it was committed: authors' dates stay behind in a rebase."""
    parents: list[str] = []
    author, human, seconds = "", False, 0
    for line in data.partition(b"\n\n")[0].split(b"\n"):
        key, _, rest = line.partition(b" ")
        if key == b"parent":
            parents.append(rest.decode("ascii", "replace"))
        elif key in {b"author", b"committer"} and (person := _PERSON.match(rest)):
            if key == b"committer":
                seconds = min(int(person["seconds"]), _LATEST)
                continue
            author = person["email"].decode("utf-8", "replace").lower()
            human = not is_bot(person["name"].decode("utf-8", "replace"), author)
    return _Commit(seconds, author, human, tuple(parents))


def _date(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()

"""Whose logger it is: the packages that start a server, what runs in their process, and where that is best mended."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from skillaudit.check import NotApplicable
from skillaudit.checks._servers import records, servers, stdio_only
from skillaudit.facts import Facts, LogCall, LoggerConfig, Sink
from skillaudit.hosting import Counted
from skillaudit.model import Location

_NAMED = 3
_MOST = 0.5


def started(facts: Facts) -> tuple[str, ...]:
    """Packages that serve tools: those that register some and start them, and those that start a library's."""
    offered = {one.package: one.hosts for one in facts.hosting.offers}
    packages = [host for package in servers(facts) for host in offered.get(package, (package,))]
    return tuple(dict.fromkeys(packages))


def hosted(facts: Facts) -> Iterator[NotApplicable]:
    """Libraries with tools: their logger and what becomes of its records belong to the process that runs them."""
    for one in facts.hosting.offers:
        if one.hosts:
            yield NotApplicable(f"a library, judged where it is run: {listed(one.hosts)}", one.package)
        else:
            yield NotApplicable("a library that starts no server: whoever does sets the logger up", one.package)


def process_records(facts: Facts, package: str) -> list[LogCall]:
    """The records of a process: of its package and of what it imports; of the whole tree where it is the only server.

    On stdio standard output is the protocol's or, where a command prints to it, its user's: no log.
    """
    aside, spoken, piped = frozenset(facts.hosting.aside), _spoken(facts, package), stdio_only(facts, package)

    def fitting(calls: Iterable[LogCall]) -> list[LogCall]:
        held = [call for call in calls if call.location.path not in aside and not (piped and call.sink is Sink.STDOUT)]
        return [call for call in held if not spoken or _written_in(call.location.path) in spoken]

    own = fitting(records(facts, facts.hosting.running(package)))
    return own or (fitting(records(facts)) if len(started(facts)) == 1 else [])


def _spoken(facts: Facts, package: str) -> set[str]:
    """The languages of a package's process, by its tools and starts."""
    around = facts.hosting.running(package)
    held = [one.location for one in facts.tools if one.package in around and one.surface.counts]
    held += [one.location for one in facts.transports if one.package in around and one.surface.counts]
    return {_written_in(one.path) for one in held}


def _written_in(path: str) -> str:
    """Which interpreter or compiler runs a file: a process in one of them writes no record in another's code."""
    return next((suffix for suffix in (".py", ".go") if path.endswith(suffix)), "script")


def lent(package: str, calls: Iterable[LogCall]) -> str:
    """Which other packages wrote all of the records, in words; empty where one is the package's own."""
    writers = tuple(dict.fromkeys(call.package for call in calls))
    return listed(writers) if writers and package not in writers else ""


def analytics(facts: Facts, package: str) -> tuple[Counted, ...]:
    """What the process hands to analytics or metrics."""
    around = facts.hosting.running(package)
    return tuple(one for one in facts.hosting.counted if one.surface.counts and one.package in around)


def listed(packages: tuple[str, ...]) -> str:
    """Names of packages, the first few."""
    more = f" and {len(packages) - _NAMED} more" if len(packages) > _NAMED else ""
    return ", ".join(one or "the root package" for one in packages[:_NAMED]) + more


def place_to_mend(facts: Facts, package: str, calls: Sequence[LogCall] = ()) -> Location:
    """Where the logger of most of ``calls`` is set up, else the one line that most of them are written by.

    Where there is neither: where the server is started, else its first tool; the package's own first.
    """
    around = facts.hosting.running(package)
    set_ups = _set_ups(facts, package, calls)
    starts = [one for one in facts.transports if one.surface.counts]
    tools = [one for one in facts.tools if one.surface.counts]
    for found in (
        [one.location for one in set_ups if one.package == package],
        [one.location for one in set_ups if calls and one.package in around],
        _written_by(calls),
        [one.location for one in starts if one.package == package],
        [one.location for one in tools if one.package == package],
        [one.location for one in set_ups if one.package in around],
        [one.location for one in starts if one.package in around],
    ):
        if found:
            return min(found)
    return min(one.location for one in tools)


def _set_ups(facts: Facts, package: str, calls: Sequence[LogCall]) -> list[LoggerConfig]:
    """Set-ups of loggers in the languages of a process; of the one that most of ``calls`` use, where there are any."""
    spoken = _spoken(facts, package)
    held = [one for one in facts.loggers if one.surface.counts and not one.opt_in]
    held = [one for one in held if not spoken or _written_in(one.location.path) in spoken]
    used = Counter(call.library for call in calls).most_common(1)
    return [one for one in held if all(library in {one.library, "unknown"} for library, _ in used)]


def _written_by(calls: Sequence[LogCall]) -> list[Location]:
    """The line in a wrapper through which more than half of the records pass, if there is one."""
    passed = Counter(place for call in calls for place in dict.fromkeys(call.via)).most_common(1)
    return [place for place, count in passed if count > _MOST * len(calls)]

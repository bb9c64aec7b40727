"""What SA106 and SA107 share: which guards of a package count, and why others do not."""

from collections.abc import Iterable, Iterator

from skillaudit.check import State
from skillaudit.checks._servers import servers, stdio_only
from skillaudit.facts import Facts
from skillaudit.guards import Guard, Watched

_KEPT = {Watched.BURST, Watched.CHAIN, Watched.ENUMERATION, Watched.SESSION, Watched.OUTBOUND}
"""What is counted over several calls, and so must belong to one session."""


def guards(facts: Facts, package: str) -> tuple[Guard, ...]:
    """The guards of a package and of those that it runs; where it is the only server, those of all."""
    counted = [one for one in facts.guards if one.surface.counts]
    alone = len(servers(facts)) == 1
    around = facts.hosting.running(package)
    return tuple(one for one in counted if one.package == package or (one.tools and (alone or one.package in around)))


def lacks(facts: Facts, guard: Guard) -> str:
    """Why a guard does not count, in words; empty where it does."""
    if guard.dead or not guard.tools:
        return f"defined at {guard.location}, and no tool call reaches it"
    if guard.idle:
        return f"the one at {guard.location} {guard.idle}"
    if not guard.recorded:
        return f"the one at {guard.location} leaves no record"
    if guard.watched in _KEPT and not guard.per_session and not stdio_only(facts, guard.package):
        return f"the one at {guard.location} is not kept per session"
    return ""


def unwired(package: str, found: Iterable[Guard]) -> Iterator[State]:
    """Guards that exist and that nothing calls, in a word."""
    if any(one.dead for one in found):
        yield State("defined, not wired", package)

"""What the code of a package writes, and which packages a workload runs."""

from collections.abc import Iterator

import msgspec

from skillaudit.facts import Facts, LogSink, Sink
from skillaudit.forward import ChainLink, Stage
from skillaudit.forwarding.parts import Workload, ok
from skillaudit.forwarding.redirects import STDERR, STDOUT
from skillaudit.model import Location


class Streams(msgspec.Struct, frozen=True):
    """The console, files and exporters of a package's production code; ``place`` is where its records begin.

    ``stream``: the one that all records on the console go to, empty where that is not known.
    """

    place: Location
    console: bool
    stream: str
    files: tuple[LogSink, ...]
    exporters: tuple[LogSink, ...]

    def start(self) -> ChainLink:
        """The first link of a chain over the console."""
        return ok(self.place, Stage.SOURCE, "the code writes to its console")


def servers(facts: Facts) -> tuple[str, ...]:
    """Packages in which production code registers tools, and those that start a library's."""
    tools = [tool.package for tool in facts.tools if tool.surface.counts]
    return tuple(dict.fromkeys((*tools, *(host for one in facts.hosting.offers for host in one.hosts))))


def packages_of(workload: Workload, held: tuple[str, ...]) -> tuple[str, ...]:
    """The server packages that a workload may run: those in the folder it is built from, or the one around it."""
    inside = tuple(one for one in held if _within(one, workload.package))
    around = [one for one in held if _within(workload.package, one)]
    return inside or (max(around, key=len),) if inside or around else ()


def _within(path: str, folder: str) -> bool:
    return not folder or path == folder or path.startswith(f"{folder}/")


def streams(facts: Facts, packages: tuple[str, ...]) -> Streams:
    """Where the packages' records go. By set-up, not by calls: without a set-up, libraries write to the console."""
    others = {*servers(facts)}.difference(packages)  # what stands in a package that is no server is shared
    own = [one for one in facts.sinks if one.surface.counts and one.wired and one.package not in others]
    files = tuple(one for one in own if one.kind == "file")
    consoles = [one for one in own if one.kind == "console"]
    tools = [tool for tool in facts.tools if tool.package in packages and tool.surface.counts]
    left = {record.location for tool in tools for record in tool.records}
    direct = any(
        call.sink in {Sink.STDOUT, Sink.STDERR} and call.operator and call.location in left for call in facts.log_calls
    )
    always = [one for one in files if not one.opt_in]
    return Streams(
        next(_places(facts, packages), Location("", 1)),
        bool(consoles) or direct or not always,
        _stream(facts, packages, consoles),
        files,
        tuple(one for one in own if one.kind == "external"),
    )


_STREAMS = {
    "logging": STDERR, "loguru": STDERR, "absl": STDERR, "go log": STDERR, "logrus": STDERR, "klog": STDERR,
    "zerolog": STDERR, "zap": STDERR, "pino": STDOUT, "winston": STDOUT, "structlog": STDOUT, "print": STDOUT,
}  # fmt: skip
"""Where libraries write unless they are told otherwise."""


def _stream(facts: Facts, packages: tuple[str, ...], consoles: list[LogSink]) -> str:
    """The stream of all the packages' records: what set-ups name, else the default of the library that writes them."""
    calls = [one for one in facts.log_calls if one.surface.counts and one.operator and one.package in packages]
    direct = {Sink.STDOUT: STDOUT, Sink.STDERR: STDERR}
    found = {direct[one.sink] for one in calls if one.sink in direct}
    named = {one.address for one in consoles if one.address}
    found |= named or {_STREAMS.get(one.library, "") for one in calls if one.sink is Sink.LOGGER}
    return found.pop() if len(found) == 1 else ""


def _places(facts: Facts, packages: tuple[str, ...]) -> Iterator[Location]:
    """Where the chain begins: a set-up of the logger, a record, a tool."""
    for found in (facts.loggers, facts.log_calls, facts.tools):
        yield from (one.location for one in found if one.surface.counts and one.package in packages)
    yield from (one.location for one in facts.tools if one.surface.counts)

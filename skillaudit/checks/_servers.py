"""What several checks ask: which packages are servers, how they can be reached, what their records go through."""

import re
from collections.abc import Container, Iterator

from skillaudit.check import NotApplicable, Observation, Unknown
from skillaudit.facts import Facts, LogCall, Tool
from skillaudit.model import Location, Severity
from skillaudit.trails import Moment

_OF_LEVEL = re.compile(r"debug|verbos|trace|level", re.IGNORECASE)
"""How a switch is called that only asks for the level again."""

NO_TOOLS = "no tool registration was recognised, so what its tools do could not be judged"


def servers(facts: Facts) -> tuple[str, ...]:
    """Packages in which production code registers tools."""
    return tuple(dict.fromkeys(tool.package for tool in facts.tools if tool.surface.counts))


def without_tools(facts: Facts) -> Iterator[Observation]:
    """What to say of a repository in which no tool was found: never that all is well."""
    if facts.transports or facts.log_calls:
        yield Unknown(NO_TOOLS)
    else:
        yield NotApplicable("no MCP server was found: no tools, no transport, no log call")


def judged(tool: Tool) -> bool:
    """Whether the tool's code is known; of generated tools only what stands in front of all of them is."""
    return bool(tool.records) or (tool.resolved and not generated(tool))


def generated(tool: Tool) -> bool:
    """Whether the tool stands for all those that the server makes at run time."""
    return tool.style == "generated at run time"


def stdio_only(facts: Facts, package: str) -> bool:
    """Whether the package, or where it starts nothing itself the repository, can be reached through stdio alone."""
    counted = [transport for transport in facts.transports if transport.surface.counts]
    own = [transport.kind for transport in counted if transport.package == package]
    kinds = set(own or [transport.kind for transport in counted])
    return kinds == {"stdio"}


def records(facts: Facts, packages: Container[str] | None = None) -> Iterator[LogCall]:
    """Production log calls that the operator can see, of all packages or of some."""
    for call in facts.log_calls:
        if (packages is None or call.package in packages) and call.surface.counts and call.operator:
            yield call


def writes_nothing(facts: Facts, package: str) -> bool:
    """Whether no record is written in the process that serves a package's tools."""
    counted = any(records(facts, facts.hosting.running(package)))
    return not counted and not any(tool.records for tool in facts.tools if tool.package == package)


def best_place(tool: Tool) -> Location:
    """Of the places where its calls leave a record the one that says most, then that most tools share; or its handler.

    What is written of failed calls alone comes last, whatever it says: most calls never get there.
    """
    ranked = min(
        tool.trail, key=lambda one: (one.moment is Moment.FAILURE, -len(one.said), one.rank, one.location), default=None
    )
    return tool.handler if ranked is None else ranked.location


def first_tool(facts: Facts, package: str) -> Location:
    """The place of a package's first tool."""
    return min(tool.location for tool in facts.tools if tool.package == package and tool.surface.counts)


def gated(call: LogCall, severity: Severity) -> Severity:
    """One step lower behind a debug level, and behind an opt-in switch of another kind than the level."""
    debug = call.level == "debug"
    switch = bool(call.gate) and not (debug and _OF_LEVEL.search(call.gate))
    for _ in range(debug + switch):
        severity = severity.lowered()
    return severity


def where(call: LogCall) -> str:
    """The record in words: level and library."""
    through = " through the project's wrapper" if call.via else ""
    return f"{call.level} record of {call.library}{through}"

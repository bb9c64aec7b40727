"""SA205: a tool swallows an error."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from skillaudit.check import (
    Evidence,
    Example,
    Finding,
    NotApplicable,
    Observation,
    Reference,
    Remediation,
    check,
    ratio,
)
from skillaudit.checks._servers import servers, without_tools
from skillaudit.facts import Facts, Step, Tool
from skillaudit.lapses import ErrorHandler
from skillaudit.model import Location, Severity

_SHOWN = 25


@check(
    "SA205",
    title="Error swallowed in a tool",
    asks="Does every error that a tool catches leave a record, travel on, or reach the caller as an error?",
    why="A caught error that leaves no trace looks like success: the agent goes on with an empty answer, and whoever probes "
    "the tool until something breaks is never seen.",
    remediation=Remediation(
        "Record the error, raise it again, or answer with `isError`; catch only the exception that you expect.",
        (
            Example(
                "Python SDK",
                "python",
                "except UpstreamError as error:\n"
                '    log.warning("tool_failure", tool="search", reason=type(error).__name__)\n'
                '    raise ToolError("search is not available") from error',
            ),
            Example(
                "TypeScript SDK",
                "ts",
                "} catch (error) {\n"
                '  log.warn({event: "tool_failure", tool: "search", err: error});\n'
                '  return {isError: true, content: [{type: "text", text: "search is not available"}]};\n}',
            ),
            Example(
                "mcp-go",
                "go",
                "if err != nil {\n"
                '\tlog.Warn("tool_failure", "tool", "search", "error", err)\n'
                '\treturn mcp.NewToolResultError("search is not available"), nil\n}',
            ),
        ),
    ),
    references=(
        Reference(
            "CWE-390: Detection of Error Condition Without Action", "https://cwe.mitre.org/data/definitions/390.html"
        ),
        Reference("CWE-778: Insufficient Logging", "https://cwe.mitre.org/data/definitions/778.html"),
    ),
)
def sa205(facts: Facts) -> Iterator[Observation]:
    """One opportunity for each tool whose code was found and that leaves a record.

    A tool that leaves none is SA105's finding, which costs more than a swallowed error does.
    """
    if not servers(facts):
        yield from without_tools(facts)
        return
    caught: defaultdict[Location, list[ErrorHandler]] = defaultdict(list)
    for held in facts.error_handlers:
        if held.surface.counts:
            caught[held.tool].append(held)
    judged = [tool for tool in facts.tools if tool.surface.counts and tool.records]
    if not judged and any(tool.surface.counts and tool.resolved for tool in facts.tools):
        yield NotApplicable("no tool leaves a record of any kind: see SA105")
    places: defaultdict[str, set[Location]] = defaultdict(set)
    for tool in judged:
        places[tool.package] |= {held.location for held in caught[tool.handler] if held.swallowed}
    for one in ratio(
        (_evidence(tool, caught[tool.handler]) for tool in judged),
        lambda missed, opportunities: _describe(missed, opportunities, len(places[missed[0].package])),
        severity=Severity.LOW,
        fix="record the error, raise it again, or answer with an error",
    ):
        yield replace(one, related=_others(one, places[one.package])) if isinstance(one, Finding) else one


def _others(found: Finding, places: set[Location]) -> tuple[Step, ...]:
    """Every other place of the package, also the further ones of a tool."""
    said = {step.location: step for step in found.related}
    rest = sorted(places - {found.location})
    return tuple(said.get(place, Step(place, "drops an error here")) for place in rest[:_SHOWN])


def _evidence(tool: Tool, caught: Sequence[ErrorHandler]) -> Evidence:
    dropped = [held for held in caught if held.swallowed]
    if not dropped:
        several = f"each of its {len(caught)} error handlers" if len(caught) > 1 else "its one error handler"
        said = f"{several} tells of the error" if caught else "its own code catches no error"
        return Evidence(tool.handler, True, f"tool `{tool.name}`: {said}", tool.package)
    first = min(dropped, key=lambda held: held.location)
    kind = f"`{first.caught}`" if first.caught else "every error"
    return Evidence(first.location, False, f"tool `{tool.name}` drops {kind} here", tool.package)


def _describe(missed: Sequence[Evidence], opportunities: int, places: int) -> str:
    return f"{len(missed)} of {opportunities} tools swallow an error, in {places} place{'s' if places > 1 else ''}"

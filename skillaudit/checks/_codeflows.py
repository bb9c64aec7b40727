"""How a flow from a caller to a dangerous call becomes a finding; shared by the checks on code."""

from collections.abc import Callable, Iterator

from skillaudit.check import Evidence, Finding, NotApplicable, Observation, State
from skillaudit.checks._servers import stdio_only
from skillaudit.codeflows import CodeFlow, Danger, Strength
from skillaudit.facts import Facts, Step
from skillaudit.model import Confidence, Severity, Surface

DECLARED = "declared capability"
_AT_RUN_TIME = "generated at run time"
_LOCAL = {Danger.PATH, Danger.ADDRESS}


def judged(
    facts: Facts, dangers: dict[Danger, Severity], message: Callable[[CodeFlow], str], fix: Callable[[CodeFlow], str]
) -> Iterator[Observation]:
    """One finding for each dangerous call that a caller's value reaches unchecked; met evidence where a check holds."""
    flows = [flow for flow in facts.code_flows if flow.danger in dangers]
    if not any(tool.surface.counts for tool in facts.tools) and not any(flow.surface.counts for flow in flows):
        yield NotApplicable("no tool, route or resource takes a value that reaches such a call")
    for kept in facts.unused:
        if kept.kind in {danger.value for danger in dangers}:
            yield State(f"{kept.name} ({kept.location}) is never called", kept.package)
    for flow in flows:
        if flow.guarded.strength is Strength.SOUND:
            what = f"{in_words(flow.value)} reaches `{flow.sink}` checked: {flow.guarded.what}"
            yield Evidence(flow.location, True, what, flow.package, flow.surface)
            continue
        yield Evidence(
            flow.location, False, f"{in_words(flow.value)} reaches `{flow.sink}`", flow.package, flow.surface
        )
        yield _finding(flow, _weighed(facts, flow, dangers[flow.danger]), message(flow), fix(flow))


def _weighed(facts: Facts, flow: CodeFlow, severity: Severity) -> Severity:
    """A declared capability is MEDIUM; a check that can be got round makes it one step less.

    Files and addresses are MEDIUM where only stdio leads to the server: its caller is the agent of the user who started
    it, with that user's rights. A command or code is worth the same to whoever talks the agent into it.
    """
    if flow.surface is Surface.CLI:
        return Severity.LOW
    own = flow.source == "tool argument" and flow.danger in _LOCAL and stdio_only(facts, flow.package)
    if (flow.declared or own) and severity is Severity.HIGH:
        return Severity.MEDIUM
    return severity.lowered() if flow.guarded.strength is Strength.NAIVE else severity


def _finding(flow: CodeFlow, severity: Severity, message: str, fix: str) -> Finding:
    confidence = Confidence.LOW if flow.surface is Surface.CLI else flow.confidence
    related: tuple[Step, ...] = ()
    if flow.guarded.location is not None and flow.guarded.strength is Strength.NAIVE:
        related = (Step(flow.guarded.location, f"the check that can be got round: {flow.guarded.what}"),)
    return Finding(
        severity=severity,
        confidence=confidence,
        surface=flow.surface,
        package=flow.package,
        location=flow.location,
        message=message + _check(flow),
        fix=fix,
        related=(*related, *(Step(stop.location, stop.note) for stop in flow.repeated)),
        trace=tuple(Step(stop.location, stop.note) for stop in flow.trace),
    )


def _check(flow: CodeFlow) -> str:
    """What is missing, or wrong with what is there."""
    naive = f"; its check can be got round: {flow.guarded.what}" if flow.guarded.strength is Strength.NAIVE else ""
    said = f" ({DECLARED}: the tool says that this is its purpose)" if flow.declared else ""
    return naive + said


def subject(flow: CodeFlow) -> str:
    """The value, and whose it is: ``The tool argument `url` of `fetch_page` ``, ``An argument of a tool …``."""
    more = f" and {len(flow.tools) - 1} more tools" if len(flow.tools) > 1 else ""
    whose = f" of {_tool(flow.tools[0])}{more}" if flow.tools else ""
    value = in_words(flow.value)
    if flow.source != "tool argument":
        return f"The request's {value}{whose}"
    if value == flow.value:
        return f"{value.capitalize()}{whose}" if whose else "A tool argument"
    return f"The tool argument {value}{whose}" if whose else f"The client's argument {value}"  # of a resource, a prompt


def _tool(name: str) -> str:
    return f"a tool {name}" if name == _AT_RUN_TIME else f"`{name}`"


def in_words(value: str) -> str:
    """A value by its name, or in words where it has none: ``an argument``."""
    return value if " " in value else f"`{value}`"


def as_code(flow: CodeFlow) -> str:
    """The value as it may stand in a line of advice."""
    return "value" if " " in flow.value else flow.value


def suffix(flow: CodeFlow) -> str:
    """The file name's suffix, which says the language at hand."""
    return flow.location.path.rpartition(".")[2]


def by_language(flow: CodeFlow, python: str, script: str, go: str) -> str:
    """The advice in the language at hand."""
    match suffix(flow):
        case "py":
            return python
        case "go":
            return go
        case _:
            return script

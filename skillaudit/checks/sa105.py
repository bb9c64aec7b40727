"""SA105: a tool call leaves no record at all."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from skillaudit.check import Evidence, Example, Observation, Reference, Remediation, State, Unknown, check, ratio
from skillaudit.checks._servers import generated, judged, servers, without_tools
from skillaudit.facts import Facts, Tool
from skillaudit.model import Severity

_PLACE = re.compile(r" \(.*$")


@check(
    "SA105",
    title="Tool call leaves no record",
    asks="Does each tool leave a record of its calls, at least of those that fail, that the operator sees by default?",
    why="An agent calls tools 50 to 200 times a session. What leaves no record cannot be investigated or counted.",
    remediation=Remediation(
        "Record every call in one place: the dispatcher, a decorator or a middleware, on success and on failure, with "
        "the tool's name, the outcome, the duration, the hashed caller and a hash of the arguments.",
        (
            Example(
                "FastMCP",
                "python",
                "class Audit(Middleware):\n"
                "    async def on_call_tool(self, context, call_next):\n"
                "        result = await call_next(context)\n"
                '        log.info("tool_call", tool=context.message.name, outcome="ok")\n'
                "        return result",
            ),
            Example(
                "TypeScript SDK",
                "ts",
                "const recorded = (tool, run) => async (args, extra) => {\n"
                "  const result = await run(args, extra);\n"
                '  log.info({event: "tool_call", tool, outcome: "ok"});\n'
                "  return result;\n};",
            ),
            Example("mcp-go", "go", "server.NewMCPServer(name, version, server.WithToolHandlerMiddleware(record))"),
        ),
    ),
    references=(
        Reference("OWASP MCP Top 10, MCP08: Lack of Audit and Telemetry", "https://owasp.org/www-project-mcp-top-10/"),
        Reference("CWE-778: Insufficient Logging", "https://cwe.mitre.org/data/definitions/778.html"),
    ),
)
def sa105(facts: Facts) -> Iterator[Observation]:
    """One opportunity for each tool of production code whose handler was found."""
    if not servers(facts):
        yield from without_tools(facts)
        return
    counted = [tool for tool in facts.tools if tool.surface.counts]
    for package in servers(facts):
        own = [tool for tool in counted if tool.package == package]
        lost = [tool for tool in own if not judged(tool)]
        if any(generated(tool) for tool in lost):
            yield Unknown("tools are generated at run time", package)
        elif len(lost) * 2 >= len(own):
            yield Unknown(f"the handlers of {len(lost)} of {len(own)} tools were not found", package)
    for unused in facts.unused:
        if unused.kind == "audit":
            yield State(f"{unused.name} ({unused.location}) is defined, never called", unused.package)
    yield from ratio(
        map(_evidence, filter(judged, counted)),
        _describe,
        severity=Severity.MEDIUM,
        fix="record every call in one place around the handlers",
    )


def _evidence(tool: Tool) -> Evidence:
    if not tool.records:
        instead = _instead(tool)
        what = f"tool `{tool.name}`: {instead}" if instead else f"tool `{tool.name}` leaves no record"
        return Evidence(tool.handler, False, what, tool.package, tools=(tool.name,))
    record = tool.records[0]
    whose = "every tool, generated at run time," if generated(tool) else f"tool `{tool.name}`"
    failing = ", only where something fails" if all(r.on_error_only for r in tool.records) else ""
    return Evidence(
        tool.handler,
        True,
        f"{whose} is recorded at {record.location} ({record.mechanism}{failing})",
        tool.package,
        tools=(tool.name,),
    )


def _instead(tool: Tool) -> str:
    """What a call leaves instead of a record, empty where it leaves nothing."""
    if tool.analytics is not None:
        return f"an analytics event is sent ({tool.analytics}), no log record"
    if tool.hushed is not None:
        return f"a record is written only at debug level or behind an option ({tool.hushed})"
    if tool.notified is not None:
        return f"only the client is told ({tool.notified}), no log record"
    return ""


def _describe(missed: Sequence[Evidence], opportunities: int) -> str:
    said = Counter(one.what.partition("`: ")[2] for one in missed)
    told = f"{len(missed)} of {opportunities} tools leave no record"
    instead = sorted(filter(None, said))
    if not instead:
        return f"{told} when they are called"
    if len(said) == 1:
        return f"{told} in a log when they are called: {instead[0]}"
    kinds = dict.fromkeys(_PLACE.sub("", one) for one in instead)
    return f"{told} in a log when they are called; for {len(missed) - said['']} of them {' or '.join(kinds)}"

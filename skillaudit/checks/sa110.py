"""SA110: records only in error handlers."""

from collections.abc import Iterator

from skillaudit.check import Evidence, Example, Finding, Observation, Reference, Remediation, check
from skillaudit.checks._servers import first_tool, judged, records, servers, without_tools
from skillaudit.facts import Facts
from skillaudit.model import Confidence, Location, Severity, Surface


@check(
    "SA110",
    title="Records only in error handlers",
    asks="Does at least one security record stand on a path that succeeds?",
    why="Chains of tools, slow exfiltration and a stolen token raise no exception: a server that records only its failures sees "
    "none of them.",
    remediation=Remediation(
        "Record each tool call after it succeeded too, in the dispatcher or a middleware, and each client that is let in.",
        (
            Example(
                "FastMCP",
                "python",
                "result = await call_next(context)\n"
                'log.info("tool_call", tool=context.message.name, outcome="ok", caller=caller(context))\n'
                "return result",
            ),
            Example(
                "TypeScript SDK",
                "ts",
                "const result = await run(args, extra);\n"
                "log.info({event: 'tool_call', tool, outcome: 'ok', sessionId: extra.sessionId});\n"
                "return result;",
            ),
            Example(
                "mcp-go",
                "go",
                "hooks.AddAfterCallTool(func(ctx context.Context, id any, req *mcp.CallToolRequest, result *mcp.CallToolResult) {\n"
                '\tslog.Info("tool_call", "tool", req.Params.Name, "outcome", outcome(result))\n'
                "})",
            ),
        ),
    ),
    references=(
        Reference("OWASP MCP Top 10, MCP08: Lack of Audit and Telemetry", "https://owasp.org/www-project-mcp-top-10/"),
        Reference("CWE-778: Insufficient Logging", "https://cwe.mitre.org/data/definitions/778.html"),
    ),
)
def sa110(facts: Facts) -> Iterator[Observation]:
    """One question for each package that registers tools.

    A package without any record has none on success either: otherwise deleting the last one would pay.
    """
    packages = servers(facts)
    if not packages:
        yield from without_tools(facts)
    for package in packages:
        found = _on_success(facts, package)
        if found is not None:
            yield Evidence(
                found, True, "a tool call, a client or a named event is recorded when nothing fails", package
            )
            continue
        what = _what(facts, package)
        place = first_tool(facts, package)
        if _silent(facts, package):
            yield Evidence(place, False, what, package, told="SA105")
            continue
        yield Evidence(place, False, what, package)
        yield Finding(
            Severity.LOW, Confidence.HIGH, Surface.PRODUCTION, package, place,
            f"No security record on a path that succeeds: {what}",
            fix="record each tool call after it succeeded",
        )  # fmt: skip


def _silent(facts: Facts, package: str) -> bool:
    """Whether SA105 says all there is to say: no call of a tool whose code is known leaves a record, nor a rejection."""
    own = [tool for tool in facts.tools if tool.surface.counts and tool.package == package]
    recorded = any(one.records for one in facts.rejections if one.package == package)
    return any(map(judged, own)) and not recorded and not any(tool.records or tool.trail for tool in own)


def _what(facts: Facts, package: str) -> str:
    own = [tool for tool in facts.tools if tool.surface.counts and tool.package == package]
    failing = any(tool.records or tool.trail for tool in own)
    if failing or any(one.records for one in facts.rejections if one.package == package):
        return "security events are recorded only where something fails"
    if any(call.package == package for call in records(facts)):
        return "no record tells of a tool call or of a client"
    if any(tool.analytics for tool in own):
        return "analytics events are sent, no log record tells of a tool call or of a client"
    if any(tool.notified for tool in own):
        return "only clients are told, no log record tells of a tool call or of a client"
    return "nothing is recorded at all"


def _on_success(facts: Facts, package: str) -> Location | None:
    """A record that no failure is needed for: of a tool call itself, of a client that is let in, of what a call runs."""
    own = [tool for tool in facts.tools if tool.surface.counts and tool.package == package]
    calls = [record.location for tool in own for record in tool.records if not record.on_error_only]
    clients = [place for one in facts.connections if one.package == package for place in one.records]
    within = [trace.location for tool in own for trace in tool.trail if trace.on_success]
    return min(calls or clients or within, default=None)

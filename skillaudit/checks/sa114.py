"""SA114: the record of a tool call is incomplete."""

from collections import Counter
from collections.abc import Iterator, Sequence

from skillaudit.check import Evidence, Example, Observation, Reference, Remediation, check, ratio
from skillaudit.checks._servers import best_place, judged, servers, without_tools
from skillaudit.facts import Facts, Tool
from skillaudit.model import Location, Severity
from skillaudit.trails import Moment, Said, Trace

OUTCOME, MEASURES = "outcome", "measures"
"""The two questions asked of each tool."""
_CORE = (Said.TOOL, Said.OUTCOME)
_FULL = tuple(one for one in Said if one not in _CORE)


@check(
    "SA114",
    title="Record of a tool call is incomplete",
    asks="Does each tool call leave a record after it ran, on success and on failure, with name, outcome and measures?",
    why="Most data thefts succeed without an error, and a line written before the call does not say what became of it. Without the "
    "caller, a hash of the arguments, bytes and duration no baseline can be drawn and no session reconstructed.",
    remediation=Remediation(
        "Write one record in the `finally` of whatever wraps every tool: tool name, outcome, duration, hashed caller, hash of the "
        "arguments, bytes of the result, age of the session.",
        (
            Example(
                "FastMCP",
                "python",
                "class Audit(Middleware):\n"
                "    async def on_call_tool(self, context, call_next):\n"
                '        started, outcome, size = time.monotonic(), "failure", 0\n'
                "        try:\n"
                "            result = await call_next(context)\n"
                '            outcome, size = "success", len(str(result).encode())\n'
                "            return result\n"
                "        finally:\n"
                "            log.info(\n"
                '                "tool_call",\n'
                "                tool=context.message.name,\n"
                "                outcome=outcome,\n"
                "                duration_ms=round((time.monotonic() - started) * 1000),\n"
                "                caller=digest(caller_of(context)),\n"
                "                args_hash=digest(context.message.arguments),\n"
                "                bytes=size,\n"
                "                session_age_ms=age_of(context),\n"
                "            )",
            ),
            Example(
                "TypeScript SDK",
                "ts",
                "const recorded = (tool, run) => async (args, extra) => {\n"
                "  const startedAt = performance.now();\n"
                "  let outcome = 'failure', bytes = 0;\n"
                "  try {\n"
                "    const result = await run(args, extra);\n"
                "    outcome = result.isError ? 'failure' : 'success';\n"
                "    bytes = Buffer.byteLength(JSON.stringify(result));\n"
                "    return result;\n"
                "  } finally {\n"
                "    log.info({ event: 'tool_call', tool, outcome, bytes, durationMs: performance.now() - startedAt,\n"
                "      callerId: hash(extra.authInfo?.clientId), argsHash: hash(args), sessionAge: ageOf(extra.sessionId) });\n"
                "  }\n"
                "};",
            ),
            Example(
                "mcp-go",
                "go",
                "func record(next server.ToolHandlerFunc) server.ToolHandlerFunc {\n"
                "\treturn func(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {\n"
                "\t\tstarted := time.Now()\n"
                "\t\tresult, err := next(ctx, req)\n"
                '\t\tslog.Info("tool_call", "tool", req.Params.Name, "outcome", outcome(result, err), "duration_ms",\n'
                '\t\t\ttime.Since(started).Milliseconds(), "caller", caller(ctx), "args_hash", digest(req.GetArguments()),\n'
                '\t\t\t"bytes", size(result), "session_age_ms", age(ctx))\n'
                "\t\treturn result, err\n\t}\n}",
            ),
        ),
    ),
    references=(
        Reference("OWASP MCP Top 10, MCP08: Lack of Audit and Telemetry", "https://owasp.org/www-project-mcp-top-10/"),
        Reference("CWE-778: Insufficient Logging", "https://cwe.mitre.org/data/definitions/778.html"),
    ),
)
def sa114(facts: Facts) -> Iterator[Observation]:
    """Two opportunities for each tool: what became of the call, and what an investigation needs beside it.

    A tool without any record misses both: otherwise deleting an incomplete record would pay.
    """
    if not servers(facts):
        yield from without_tools(facts)
        return
    counted = [tool for tool in facts.tools if tool.surface.counts and judged(tool)]
    places = {tool.handler: best_place(tool) for tool in counted}

    def place(missed: Sequence[Evidence]) -> Location:
        return Counter(places[one.location] for one in missed).most_common(1)[0][0]

    yield from ratio(
        (one for tool in counted for one in _evidence(tool)),
        _describe,
        severity=Severity.LOW,
        place=place,
        fix="record every call after it ran, on success and on failure, in one place around the handlers",
    )


def _evidence(tool: Tool) -> Iterator[Evidence]:
    told = lacking(tool.trail)
    whose = f"tool `{tool.name}`"
    what = f"the record of {whose} tells its outcome" if not told else f"{whose}: {', '.join(told)}"
    silent = "" if tool.trail else "SA105"
    yield Evidence(tool.handler, not told, what, tool.package, tools=(tool.name,), aspect=OUTCOME, told=silent)
    missing = unmeasured(tool.trail)
    what = f"the record of {whose} is complete" if not missing else f"{whose}: its record lacks {', '.join(missing)}"
    what = f"{whose}: no record that could tell {', '.join(missing)}" if silent else what
    yield Evidence(tool.handler, not missing, what, tool.package, tools=(tool.name,), aspect=MEASURES, told=silent)


def lacking(trail: Sequence[Trace]) -> tuple[str, ...]:
    """What the records of a tool do not tell about the course of a call, in words; empty where they tell all."""
    if not trail:
        return ("no record at all",)
    before = any(one.moment is Moment.BEFORE for one in trail)
    found = []
    for name, traces in (
        ("success", [one for one in trail if one.on_success]),
        ("failure", [one for one in trail if one.on_failure]),
    ):
        best = max((len(set(_CORE) & set(one.said)) for one in traces), default=-1)
        if best < 0:
            found.append(f"no record on {name}" + (", only before the call" if before and name == "success" else ""))
        elif best < len(_CORE):
            fullest = max(traces, key=lambda one: len(set(_CORE) & set(one.said)))
            lost = [one for one in _CORE if one not in fullest.said]
            found.append(f"the record on {name} lacks the {' and the '.join(lost)}")
    return tuple(found)


def unmeasured(trail: Sequence[Trace]) -> tuple[Said, ...]:
    """Which measures the fullest record on success lacks, all of them where there is none."""
    fullest = max((one for one in trail if one.on_success), key=lambda one: len(one.said), default=None)
    return tuple(one for one in _FULL if fullest is None or one not in fullest.said)


def _describe(missed: Sequence[Evidence], opportunities: int) -> str:
    tools = opportunities // 2
    words = Counter(word for one in missed if one.aspect == OUTCOME for word in one.what.partition(": ")[2].split(", "))
    silent = sum(one.aspect == OUTCOME for one in missed)
    unmeasured = sum(one.aspect == MEASURES for one in missed)
    why = f" ({', '.join(word for word, _ in words.most_common(3))})" if words else ""
    parts = (
        f"{silent} of {tools} tools do not record what became of a call{why}" if silent else "",
        f"the records of {unmeasured} of {tools} tools lack measures" if unmeasured else "",
    )
    return "; ".join(filter(None, parts))

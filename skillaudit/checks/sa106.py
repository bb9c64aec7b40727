"""SA106: no anomaly guard."""

from collections.abc import Iterator, Sequence

from skillaudit.check import Evidence, Example, Observation, Reference, Remediation, check, ratio
from skillaudit.checks._guards import guards, lacks, unwired
from skillaudit.checks._servers import first_tool, generated, servers, without_tools
from skillaudit.facts import Effect, Facts, Tool
from skillaudit.guards import Guard, Watched
from skillaudit.model import Severity

_FEW = 3
"""With fewer tools, calling each of them once is ordinary use."""


@check(
    "SA106",
    title="No anomaly guard",
    asks="Does each session keep a log of its calls that is watched for bursts, retrieval-to-external chains and enumeration?",
    why="Reading a file is harmless, fetching a URL is harmless, one after the other is how data leaves. Only something that looks at "
    "the sequence of calls of a session can tell, and only a record makes it known.",
    remediation=Remediation(
        "Tag each tool with its effect class, keep the last calls of each session, and write an event when the same call repeats "
        "(burst), when a retrieval is followed by an external call (chain), or when most tools are called once each (enumeration).",
        (
            Example(
                "Python",
                "python",
                "def after_call(session, call):\n"
                "    session.call_log.append(call)\n"
                "    recent = [c for c in session.call_log if c.ts >= call.ts - 30]\n"
                "    if sum((c.tool, c.args_hash) == (call.tool, call.args_hash) for c in recent) > LIMITS.burst_calls:\n"
                '        log.warning("burst_alert", tool=call.tool, **session.who())\n'
                '    if call.effect == "external" and any(c.effect == "retrieval" for c in recent):\n'
                '        log.warning("chain_guard_alert", sequence=[c.tool for c in recent], **session.who())\n'
                "    if len({c.tool for c in recent}) >= len(TOOLS) and len(recent) == len(TOOLS):\n"
                '        log.warning("enumeration_alert", tools=len(TOOLS), **session.who())',
            ),
            Example(
                "TypeScript",
                "ts",
                "function afterCall(session: Session, call: ToolCall) {\n"
                "  session.callLog.push(call);\n"
                "  const recent = session.callLog.filter((c) => c.ts > Date.now() - 30_000);\n"
                "  const same = recent.filter((c) => c.tool === call.tool && c.argsHash === call.argsHash);\n"
                "  if (same.length > limits.burstCalls) log.security({ event: 'burst_alert', tool: call.tool });\n"
                "  if (call.effect === 'external' && recent.some((c) => c.effect === 'retrieval'))\n"
                "    log.security({ event: 'chain_guard_alert', callSequence: recent.map((c) => c.tool) });\n"
                "  const distinct = new Set(recent.map((c) => c.tool));\n"
                "  if (distinct.size >= toolCount) log.security({ event: 'enumeration_alert', tools: distinct.size });\n"
                "}",
            ),
            Example(
                "Go",
                "go",
                "func (s *Session) After(call Call) {\n"
                "\ts.calls = append(s.calls, call)\n"
                "\trecent := s.since(30 * time.Second)\n"
                "\tif repeated(recent, call) > limits.BurstCalls {\n"
                '\t\tslog.Warn("burst_alert", "tool", call.Tool, "caller", s.Caller)\n\t}\n'
                '\tif call.Effect == "external" && hasEffect(recent, "retrieval") {\n'
                '\t\tslog.Warn("chain_guard_alert", "sequence", names(recent), "caller", s.Caller)\n\t}\n'
                "\tif distinct(recent) >= toolCount {\n"
                '\t\tslog.Warn("enumeration_alert", "tools", toolCount, "caller", s.Caller)\n\t}\n}',
            ),
        ),
    ),
    references=(
        Reference("OWASP MCP Top 10, MCP08: Lack of Audit and Telemetry", "https://owasp.org/www-project-mcp-top-10/"),
        Reference("CWE-778: Insufficient Logging", "https://cwe.mitre.org/data/definitions/778.html"),
    ),
)
def sa106(facts: Facts) -> Iterator[Observation]:
    """One opportunity for each kind of anomaly that the package's tools make possible."""
    packages = servers(facts)
    if not packages:
        yield from without_tools(facts)
    for package in packages:
        tools = [one for one in facts.tools if one.surface.counts and one.package == package]
        found = guards(facts, package)
        kinds = _asked(tools)
        yield from unwired(package, (one for one in found if one.watched in kinds))
        evidence = [_evidence(facts, package, tools, kind, found) for kind in kinds]
        exposed = any(one.aspect == Watched.CHAIN and not one.met for one in evidence)
        yield from ratio(
            evidence,
            _describe,
            severity=Severity.MEDIUM if exposed else Severity.LOW,
            fix="keep a log of calls per session and write an event on burst, chain and enumeration",
        )


def _asked(tools: Sequence[Tool]) -> tuple[Watched, ...]:
    effects = {effect for tool in tools for effect in tool.effects}
    chain = Effect.RETRIEVAL in effects and any(tool.outward for tool in tools) and len(tools) > 1
    many = len(tools) >= _FEW or any(map(generated, tools))
    return (
        Watched.BURST,
        *((Watched.CHAIN,) if chain else ()),
        *((Watched.ENUMERATION,) if many else ()),
    )


def _evidence(facts: Facts, package: str, tools: Sequence[Tool], kind: Watched, found: Sequence[Guard]) -> Evidence:
    """Met where a guard that counts stands in front of most tools."""
    own = sorted((one for one in found if one.watched is kind), key=lambda one: (not one.per_session, -len(one.tools)))
    good = [one for one in own if not lacks(facts, one)]
    names = {name for one in good for name in one.tools} & {tool.name for tool in tools}
    if good and len(names) * 2 >= len(tools):
        what = f"{kind} is watched, with an event"
        return Evidence(good[0].location, True, what, package, aspect=kind)
    why = next((lacks(facts, one) for one in own if one not in good), "") or (
        f"only {len(names)} of {len(tools)} tools pass the one at {good[0].location}" if good else ""
    )
    what = f"nothing watches for {kind}" + (f": {why}" if why else "")
    return Evidence(first_tool(facts, package), False, what, package, aspect=kind)


def _describe(missed: Sequence[Evidence], opportunities: int) -> str:
    del opportunities
    return "; ".join(one.what for one in sorted(missed, key=lambda one: one.aspect))

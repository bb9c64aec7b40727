"""SA107: no volume guard."""

from collections.abc import Iterator, Sequence

from skillaudit.check import Evidence, Example, NotApplicable, Observation, Reference, Remediation, check, ratio
from skillaudit.checks._guards import guards, lacks, unwired
from skillaudit.checks._servers import servers, without_tools
from skillaudit.facts import Effect, Facts, Tool
from skillaudit.guards import Guard, Volume, Watched
from skillaudit.model import Severity

CONFIGURABLE = "configurable"
_CEILINGS = (Watched.RESPONSE, Watched.SESSION, Watched.OUTBOUND)


@check(
    "SA107",
    title="No volume guard",
    asks="Are a single response, a session's responses and its outbound bodies held to ceilings, with an event?",
    why="A theft that stays below every count of calls asks for large answers instead. One answer of 5 MB, or 10 MB in a session, is "
    "almost never what a model needs.",
    remediation=Remediation(
        "Count the bytes of every response and of every outbound body per session; above a configurable ceiling write an event, and "
        "refuse. Set the ceilings at the 99th percentile of a week of traffic, and half as much again.",
        (
            Example(
                "Python",
                "python",
                "def response(self, session, tool, size):\n"
                "    session.response_bytes += size\n"
                "    if size > self.limits.single_response:\n"
                '        log.warning("large_single_response", tool=tool, bytes=size, **session.who())\n'
                '        raise LimitExceeded("response is too large")\n'
                "    if session.response_bytes > self.limits.session_bytes:\n"
                '        log.warning("session_volume_ceiling", total_bytes=session.response_bytes, **session.who())\n'
                '        raise LimitExceeded("this session has read too much")',
            ),
            Example(
                "TypeScript",
                "ts",
                "export function countOutbound(session: Session, tool: string, bytes: number) {\n"
                "  session.outboundBytes += bytes;\n"
                "  if (session.outboundBytes > limits.outboundBytes) {\n"
                "    log.security({ event: 'outbound_volume_ceiling', tool, totalBytes: session.outboundBytes });\n"
                "    throw new ToolError('LIMIT', 'This session has sent too much');\n"
                "  }\n}",
            ),
            Example(
                "Go",
                "go",
                "func (s *Session) Response(tool string, bytes int) error {\n"
                "\ts.responseBytes += bytes\n"
                "\tif bytes > limits.SingleResponse {\n"
                '\t\tslog.Warn("large_single_response", "tool", tool, "bytes", bytes, "caller", s.Caller)\n'
                "\t\treturn errTooLarge\n\t}\n"
                "\tif s.responseBytes > limits.SessionBytes {\n"
                '\t\tslog.Warn("session_volume_ceiling", "tool", tool, "total_bytes", s.responseBytes)\n'
                "\t\treturn errTooMuch\n\t}\n\treturn nil\n}",
            ),
        ),
    ),
    references=(
        Reference("OWASP MCP Top 10, MCP08: Lack of Audit and Telemetry", "https://owasp.org/www-project-mcp-top-10/"),
        Reference("CWE-770: Allocation of Resources Without Limits", "https://cwe.mitre.org/data/definitions/770.html"),
    ),
)
def sa107(facts: Facts) -> Iterator[Observation]:
    """One opportunity for each tool and ceiling that its data asks for, and one for whether the ceilings can be set."""
    packages = servers(facts)
    if not packages:
        yield from without_tools(facts)
    for package in packages:
        tools = {t.name: t for t in facts.tools if t.surface.counts and t.package == package}
        asked = [(v, kind) for v in facts.volumes if v.package == package for kind in _kinds(v, tools.get(v.tool))]
        if not asked:
            yield NotApplicable("no tool was seen to return data that its caller sizes, or to send a body", package)
            continue
        found = [one for one in guards(facts, package) if one.watched in _CEILINGS]
        yield from unwired(package, found)
        yield from ratio(
            [*(_evidence(facts, volume, kind, found) for volume, kind in asked), *_settable(facts, package, found)],
            _describe,
            severity=Severity.LOW,
            fix="count bytes per response, per session and per outbound body, and write an event above a ceiling",
        )


def _kinds(volume: Volume, tool: Tool | None) -> Iterator[Watched]:
    """The ceilings that a tool's data asks for; what a change or a message is answered with is short."""
    if tool is None:
        return
    reads = tool.effects[:1] == (Effect.RETRIEVAL,)
    answers = volume.sized is not None and tool.effects[:1] != (Effect.MUTATION,) and volume.sized != volume.sent
    if answers or (volume.sized is not None and reads):
        yield from (Watched.RESPONSE, Watched.SESSION)
    if volume.sent is not None:
        yield Watched.OUTBOUND


def _evidence(facts: Facts, volume: Volume, kind: Watched, found: Sequence[Guard]) -> Evidence:
    own = [one for one in found if one.watched is kind and (volume.tool in one.tools or one.dead)]
    good = next((one for one in own if not lacks(facts, one)), None)
    if good is not None:
        what = f"tool `{volume.tool}`: ceiling on {kind} at {good.location}"
        return Evidence(volume.handler, True, what, volume.package, tools=(volume.tool,), aspect=kind)
    why = f": {lacks(facts, own[0])}" if own else ""
    what = f"tool `{volume.tool}`: no ceiling on {kind} with an event{why}"
    return Evidence(volume.handler, False, what, volume.package, tools=(volume.tool,), aspect=kind)


def _settable(facts: Facts, package: str, found: Sequence[Guard]) -> Iterator[Evidence]:
    """Whether the ceilings that count can be set from outside the code."""
    good = [one for one in found if not lacks(facts, one)]
    if good:
        fixed = [one for one in good if not one.configurable]
        place = (fixed or good)[0].location
        what = (
            f"{len(fixed)} of {len(good)} ceilings are fixed in the code" if fixed else "the ceilings can be configured"
        )
        yield Evidence(place, not fixed, what, package, aspect=CONFIGURABLE)


def _describe(missed: Sequence[Evidence], opportunities: int) -> str:
    del opportunities
    counts = [(kind, sum(one.aspect == kind for one in missed)) for kind in _CEILINGS]
    words = [f"{kind} ({count} tool{'s' if count > 1 else ''})" for kind, count in counts if count]
    fixed = [one.what for one in missed if one.aspect == CONFIGURABLE]
    return "; ".join([*([f"no ceiling with an event on {', '.join(words)}"] if words else []), *fixed])

"""SA604: a tool, resource or prompt answers with a credential or with the environment."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from skillaudit.check import Example, Finding, NotApplicable, Observation, Reference, Remediation, check
from skillaudit.checks._codeflows import DECLARED
from skillaudit.facts import Echo, EchoKind, Facts, Flow, Nature, Step
from skillaudit.model import Confidence, Severity, Surface

_ENDS = 4
_PURPOSE = f"{DECLARED}: the tool says that this is its purpose"


@check(
    "SA604",
    title="Credential or environment in a tool's answer",
    asks="Are the answers of tools, resources and prompts free of the server's credentials and its environment?",
    why="What a tool answers is read by a model, kept in transcripts, and sent on by the next tool that a prompt talks the model "
    "into calling. A credential there is given away to everybody who can ask.",
    remediation=Remediation(
        "Answer with what the caller needs to know: whether a setting is present, not what it is.",
        (
            Example("Python", "python", 'return {"region": settings.region, "token_set": bool(settings.token)}'),
            Example(
                "TypeScript",
                "ts",
                'return {content: [{type: "text", text: JSON.stringify({tokenSet: Boolean(process.env.TOKEN)})}]};',
            ),
            Example("Go", "go", 'return mcp.NewToolResultText(fmt.Sprintf("token set: %t", token != "")), nil'),
        ),
    ),
    references=(
        Reference(
            "OWASP MCP Top 10, MCP01: Token Mismanagement and Secret Exposure",
            "https://owasp.org/www-project-mcp-top-10/",
        ),
        Reference(
            "CWE-200: Exposure of Sensitive Information to an Unauthorized Actor",
            "https://cwe.mitre.org/data/definitions/200.html",
        ),
    ),
)
def sa604(facts: Facts) -> Iterator[Observation]:
    """Flows of secrets into answers; what the client itself sent is not one."""
    own: dict[tuple[str, str, str, str], list[Echo]] = defaultdict(list)
    foreign: dict[tuple[str, Step, bool], list[Echo]] = defaultdict(list)
    if not (facts.tools or facts.echoes):
        yield NotApplicable("no tool, resource or prompt answers anything")
    for echo in facts.echoes:
        flow = next((flow for flow in echo.flows if _shows(flow)), None)
        if flow is None or echo.kind not in {EchoKind.TOOL_RESULT, EchoKind.TOOL_ERROR}:
            continue
        told = replace(echo, flows=(flow,))
        if flow.foreign:
            foreign[echo.package, flow.trace[0], echo.declared].append(told)
        else:
            # tools of mounted servers may share their name, not their file
            own[echo.package, echo.location.path, echo.tool or echo.function, flow.name].append(told)
    for echoes in (*own.values(), *foreign.values()):
        yield _finding(echoes)


def _shows(flow: Flow) -> bool:
    return not flow.partial or flow.kept > _ENDS


def _finding(echoes: Sequence[Echo]) -> Finding:
    """One finding for a tool and what it answers with, however often; for a field that several tools answer with."""
    last = max(echoes, key=lambda echo: (echo.location.path, echo.location.line))
    shown = last if last.location.path == echoes[0].location.path else echoes[0]
    (flow,) = shown.flows
    others = [echo for echo in echoes if echo.location != shown.location]
    low = (
        flow.foreign
        or flow.partial
        or (flow.nature is Nature.ENVIRONMENT and not flow.certain)
        or shown.surface is Surface.CLI
        or _given_out(shown, flow)
    )
    weak = flow.foreign and not shown.declared
    return Finding(
        severity=Severity.LOW if low else Severity.HIGH,
        confidence=Confidence.LOW if weak else Confidence.HIGH if flow.certain else Confidence.MEDIUM,
        surface=shown.surface,
        package=shown.package,
        location=shown.location,
        message=_message(shown, flow),
        fix="answer whether it is set, not what it is",
        related=tuple(Step(echo.location, f"also {echo.kind}") for echo in others),
        trace=flow.trace,
    )


def _given_out(echo: Echo, flow: Flow) -> bool:
    """Whether a tool that says so makes a credential, or gives one out, that is one by its name and not the server's."""
    return echo.declared and flow.nature is Nature.CREDENTIAL


def _message(echo: Echo, flow: Flow) -> str:
    what = f"the tool `{echo.tool}`" if echo.tool else f"`{echo.function}`"
    if flow.nature is Nature.ENVIRONMENT and flow.name.endswith("*"):
        return f"Every environment variable whose name begins with `{flow.name[:-1]}` is {echo.kind} by {what}"
    if not flow.foreign:
        purpose = f" ({_PURPOSE})" if _given_out(echo, flow) else ""
        return f"`{flow.name}` ({flow.nature}) is {echo.kind} by {what}{purpose}"
    said = f" ({_PURPOSE})" if echo.declared else ", if the service fills it in"
    return f"The field `{flow.name}`, a credential by its name, of what another service answered is {echo.kind} by {what}{said}"

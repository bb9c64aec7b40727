"""SA604: a tool, resource or prompt answers with a credential or with the environment."""

from collections.abc import Iterator

from skillaudit.check import Example, Observation, Reference, Remediation, check
from skillaudit.checks._leaks import echoed
from skillaudit.facts import Echo, EchoKind, Facts, Flow
from skillaudit.model import Severity

_ENDS = 4


@check(
    "SA604",
    title="Credential or environment in a tool's answer",
    asks="Does what a tool, resource or prompt answers hold the server's credentials or its environment?",
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
    fix = "answer whether it is set, not what it is"
    yield from echoed(facts, {EchoKind.TOOL_RESULT, EchoKind.TOOL_ERROR}, _judge, _message, fix)


def _judge(echo: Echo, flow: Flow) -> Severity | None:
    del echo
    if not flow.partial:
        return Severity.HIGH
    return Severity.LOW if flow.kept > _ENDS else None


def _message(echo: Echo, flow: Flow) -> str:
    what = f"the tool `{echo.tool}`" if echo.tool else f"`{echo.function}`"
    return f"`{flow.name}` ({flow.nature}) is {echo.kind} by {what}"

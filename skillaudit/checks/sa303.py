"""SA303: raw tool arguments or the raw JSON-RPC message reach a log."""

from collections.abc import Iterator
from functools import partial

from skillaudit.check import Example, Observation, Reference, Remediation, check
from skillaudit.checks._leaks import leaks, reader
from skillaudit.checks._servers import stdio_only
from skillaudit.facts import Facts, Flow, LogCall, Nature, Sink
from skillaudit.model import Severity


@check(
    "SA303",
    title="Raw tool arguments or JSON-RPC message logged",
    asks="Does a log call receive a tool call's arguments, or the message that carries them, as a whole?",
    why="An agent puts whatever the task needs into the arguments: file contents, personal data, keys of other systems. "
    "Logged raw they outlive the task, and nobody chose to keep them.",
    remediation=Remediation(
        "Log the tool's name, a hash of the arguments (`argsHash`) and their size; pick single harmless fields by name.",
        (
            Example(
                "Python",
                "python",
                'log.info("tool_call", tool=name, args_hash=sha256(json.dumps(args, sort_keys=True).encode()).hexdigest())',
            ),
            Example(
                "pino", "ts", 'log.info({event: "tool_call", tool: name, argsHash: sha256(JSON.stringify(args))});'
            ),
        ),
    ),
    references=(
        Reference(
            "CWE-532: Insertion of Sensitive Information into Log File",
            "https://cwe.mitre.org/data/definitions/532.html",
        ),
        Reference("OWASP MCP Top 10, MCP08: Lack of Audit and Telemetry", "https://owasp.org/www-project-mcp-top-10/"),
    ),
)
def sa303(facts: Facts) -> Iterator[Observation]:
    """Flows of the whole arguments object or of the message; single named fields belong to SA202."""
    yield from leaks(facts, {Nature.ARGUMENTS, Nature.MESSAGE}, partial(_judge, facts), _message)


def _judge(facts: Facts, call: LogCall, flow: Flow) -> Severity | None:
    if flow.partial:
        return None
    if call.sink is Sink.CLIENT:
        return Severity.INFO
    return Severity.LOW if stdio_only(facts, call.package) else Severity.MEDIUM


def _message(call: LogCall, flow: Flow) -> str:
    what = "The raw JSON-RPC message is" if flow.nature is Nature.MESSAGE else "Raw tool arguments are"
    return f"{what} {reader(call)}"

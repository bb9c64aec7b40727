"""SA303: raw tool arguments or the raw JSON-RPC message reach a log."""

from collections.abc import Iterator
from functools import partial

from skillaudit.check import Example, Observation, Reference, Remediation, check
from skillaudit.checks._leaks import leaks, reader
from skillaudit.checks._servers import stdio_only
from skillaudit.facts import ALL_BUT_FEW, ON_SOCKET, Facts, Flow, Form, LogCall, Nature, Sink
from skillaudit.linking.knowledge.vocabulary import names_free_text
from skillaudit.model import Severity


@check(
    "SA303",
    title="Raw tool arguments or JSON-RPC message logged",
    asks="Are a tool call's arguments, and the message that carries them, kept out of log calls as a whole?",
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
    """Flows of the arguments object, of the message, or of one argument of free text; paths and ids are fine."""
    natures = {Nature.ARGUMENTS, Nature.MESSAGE, Nature.ARGUMENT}
    yield from leaks(facts, natures, partial(_judge, facts), _message, _told_by)


def _judge(facts: Facts, call: LogCall, flow: Flow) -> Severity | None:
    single = flow.nature is Nature.ARGUMENT
    if single and not names_free_text(flow.name):
        return None
    if call.sink is Sink.CLIENT:
        return Severity.INFO
    if single and _forging(flow):
        return None
    return Severity.LOW if single or stdio_only(facts, call.package) else Severity.MEDIUM


def _forging(flow: Flow) -> bool:
    """One argument in a message, where a line break forges a record: SA202's finding, and the graver one."""
    return flow.nature is Nature.ARGUMENT and flow.form is Form.MESSAGE and not flow.escaped


def _told_by(call: LogCall, flow: Flow) -> str:
    return "SA202" if _forging(flow) and names_free_text(flow.name) and call.operator else ""


def _whole(flow: Flow) -> str:
    if not flow.partial:
        return " verbatim"
    if flow.kept >= ALL_BUT_FEW:
        return ", nearly all of it"
    return f", cut to {flow.kept} characters" if flow.kept else " in part"


def _message(call: LogCall, flow: Flow) -> str:
    match flow.nature:
        case Nature.MESSAGE:
            named = ON_SOCKET.capitalize() if flow.name == ON_SOCKET else "The raw JSON-RPC message"
            return f"{named} is {reader(call)}"
        case Nature.ARGUMENT:
            named = "A tool argument" if " " in flow.name else f"The tool argument `{flow.name}`"
            return f"{named} is {reader(call)}{_whole(flow)}"
        case _:
            return f"Raw tool arguments are {reader(call)}"

"""SA204: standard output is written while a stdio server serves."""

from collections.abc import Iterator

from skillaudit.check import Edit, Evidence, Example, Finding, NotApplicable, Observation, Reference, Remediation, check
from skillaudit.facts import Facts
from skillaudit.model import Confidence, Severity, Surface

_SERVING = "while the stdio server serves"


@check(
    "SA204",
    title="Standard output written in a stdio server",
    asks="Is standard output left to the protocol while the stdio transport serves?",
    why="On stdio the standard output is the protocol: a printed line is a broken JSON-RPC message, and the client may drop the "
    "connection or, worse, read the line as an answer.",
    remediation=Remediation(
        "Write to standard error or to a logger that does.",
        (
            Example("Python", "python", "print(message, file=sys.stderr)"),
            Example("JavaScript", "ts", "console.error(message);"),
            Example("Go", "go", "fmt.Fprintln(os.Stderr, message)"),
        ),
    ),
    references=(
        Reference(
            "MCP specification: stdio transport",
            "https://modelcontextprotocol.io/specification/2025-06-18/basic/transports",
        ),
    ),
)
def sa204(facts: Facts) -> Iterator[Observation]:
    """Writes reached from handlers, dispatchers or the function that starts the transport."""
    counted = [transport for transport in facts.transports if transport.kind == "stdio" and transport.surface.counts]
    if not counted:
        yield NotApplicable("the server has no stdio transport")
        return
    packages = {write.package for write in facts.stdout_writes}
    for transport in counted:
        if transport.package not in packages:
            yield Evidence(transport.location, True, "nothing writes to stdout while it serves", transport.package)
    for write in facts.stdout_writes:
        when = "as the stdio server starts, to a client that reads already" if write.before else _SERVING
        yield Evidence(write.location, False, f"writes to stdout {when}", write.package)
        yield Finding(
            Severity.MEDIUM, Confidence.HIGH, Surface.PRODUCTION, write.package, write.location,
            f"Writes to standard output, the protocol's stream, {when}",
            fix="write to standard error", trace=write.reached_from, edit=_edit(write.location.path),
        )  # fmt: skip


def _edit(path: str) -> Edit | None:
    """In ECMAScript the other stream is another method of the same object."""
    script = path.endswith((".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"))
    return Edit("console.log(", "console.error(") if script else None

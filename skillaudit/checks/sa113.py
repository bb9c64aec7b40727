"""SA113: records of security events carry no correlation id."""

from collections import Counter
from collections.abc import Iterator, Sequence

from skillaudit.check import Evidence, Example, Observation, Reference, Remediation, check, ratio
from skillaudit.checks._servers import best_place, judged, servers, without_tools
from skillaudit.events import Correlation, Rejection
from skillaudit.facts import Facts, Tool
from skillaudit.model import Location, Severity


@check(
    "SA113",
    title="Record without correlation id",
    asks="Does the record of each tool call and each rejection carry a session, request or trace id, or the hashed caller?",
    why="'What did this caller do in the half hour before the alert?' is one query where records share an id, and guesswork where "
    "they do not.",
    remediation=Remediation(
        "Bind the session's id, the request's id or the hashed caller once, where the request comes in, so that every record "
        "carries it.",
        (
            Example(
                "structlog",
                "python",
                "structlog.contextvars.bind_contextvars(session_id=context.session_id, caller=digest(token))\n"
                "structlog.configure(processors=[structlog.contextvars.merge_contextvars, JSONRenderer()])",
            ),
            Example(
                "pino",
                "ts",
                "const log = logger.child({sessionId: extra.sessionId, callerId: hash(extra.authInfo?.clientId)});",
            ),
            Example("slog", "go", 'log := slog.With("session_id", server.ClientSessionFromContext(ctx).SessionID())'),
        ),
    ),
    references=(
        Reference("OWASP MCP Top 10, MCP08: Lack of Audit and Telemetry", "https://owasp.org/www-project-mcp-top-10/"),
        Reference(
            "OWASP Logging Cheat Sheet: interaction identifier",
            "https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html#event-attributes",
        ),
    ),
)
def sa113(facts: Facts) -> Iterator[Observation]:
    """One opportunity for each tool and each rejection; one without a record misses it, so that deleting never pays."""
    if not servers(facts):
        yield from without_tools(facts)
        return
    bound = {one.package: one for one in facts.correlations}
    tied = {note.location: note.names for note in facts.notes if note.correlated}
    tools = [tool for tool in facts.tools if tool.surface.counts and judged(tool)]
    rejected = [one for one in facts.rejections if one.surface.counts]
    places = {tool.handler: best_place(tool) for tool in tools}
    yield from ratio(
        [
            *(_tool(tool, tied, bound.get(tool.package)) for tool in tools),
            *(_rejection(one, tied, bound.get(one.package)) for one in rejected),
        ],
        _describe,
        severity=Severity.LOW,
        place=lambda missed: _place(missed, places),
        fix="bind a session, request or trace id where the request comes in",
    )


def _place(missed: Sequence[Evidence], places: dict[Location, Location]) -> Location:
    """Where most of the tools that miss it leave their record, else the first rejection."""
    tools = Counter(places[one.location] for one in missed if one.location in places)
    return tools.most_common(1)[0][0] if tools else missed[0].location


def _records(tool: Tool) -> list[Location]:
    return [*(trace.location for trace in tool.trail), *(record.location for record in tool.records)]


def _tool(tool: Tool, tied: dict[Location, tuple[str, ...]], bound: Correlation | None) -> Evidence:
    places = _records(tool)
    met, how = _judge(places, tied, bound)
    told = "" if places else "SA105"
    return Evidence(tool.handler, met, f"tool `{tool.name}` {how}", tool.package, tools=(tool.name,), told=told)


def _rejection(one: Rejection, tied: dict[Location, tuple[str, ...]], bound: Correlation | None) -> Evidence:
    met, how = _judge(list(one.records), tied, bound)
    told = "" if one.records else "SA102"
    return Evidence(one.location, met, f"the rejection ({one.what}) {how}", one.package, told=told)


def _judge(
    places: list[Location], tied: dict[Location, tuple[str, ...]], bound: Correlation | None
) -> tuple[bool, str]:
    if not places:
        return False, "leaves no record"
    if any(place in tied for place in places):
        return True, "has a correlation id in its record"
    if bound is not None:
        return True, f"has a correlation id in the context bound at {bound.location}"
    return False, "leaves records without session, request or trace id or hashed caller"


def _describe(missed: Sequence[Evidence], opportunities: int) -> str:
    return f"{len(missed)} of {opportunities} tool calls and rejections leave records that cannot be correlated"

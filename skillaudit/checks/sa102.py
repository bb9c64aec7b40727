"""SA102: a rejected caller leaves no record."""

from collections.abc import Iterator, Sequence

from skillaudit.check import (
    Evidence,
    Example,
    NotApplicable,
    Observation,
    Reference,
    Remediation,
    State,
    check,
    ratio,
)
from skillaudit.checks._servers import servers, stdio_only, without_tools
from skillaudit.events import Connection, Rejection
from skillaudit.facts import Facts
from skillaudit.model import Location, Severity

_SHOWN = 3
INCOMPLETE = "incomplete"
"""The aspect of a connection that only the library around it records."""

HUSHED = "hushed"
"""The aspect of a rejection whose only record nobody sees by default."""


@check(
    "SA102",
    title="Rejected caller leaves no record",
    asks="Does each branch that turns a caller away, and each client that is let in, leave a record?",
    why="Three failed tokens in half a minute are an attack that only these branches see. Where they answer without a record, "
    "nobody is told, and nobody can tell afterwards who tried what.",
    remediation=Remediation(
        "Write one record in the branch that rejects, before it answers: a constant event name, the reason, the hashed caller, "
        "the tool or resource asked for. Record each `initialize` too, whether it succeeds or fails.",
        (
            Example(
                "Starlette, FastAPI",
                "python",
                "if not valid(token):\n"
                '    log.warning("auth_failure", reason="token_invalid", caller=digest(token), path=request.url.path)\n'
                '    return JSONResponse({"error": "unauthorized"}, status_code=401)',
            ),
            Example(
                "TokenVerifier",
                "python",
                "async def verify_token(self, token: str) -> AccessToken | None:\n"
                "    try:\n"
                "        return accepted(jwt.decode(token, key, algorithms=[...]))\n"
                "    except jwt.PyJWTError as error:\n"
                '        log.warning("auth_failure", reason=type(error).__name__, caller=digest(token))\n'
                "        return None",
            ),
            Example(
                "Express",
                "ts",
                "if (!valid(token)) {\n"
                "  log.warn({event: 'auth_failure', reason: 'token_invalid', callerId: hash(token), sessionId});\n"
                "  res.status(401).json({error: 'unauthorized'});\n"
                "  return;\n"
                "}",
            ),
            Example(
                "net/http",
                "go",
                "if !valid(token) {\n"
                '\tslog.Warn("auth_failure", "event", "auth_failure", "reason", "token_invalid", "caller", digest(token))\n'
                '\thttp.Error(w, "unauthorized", http.StatusUnauthorized)\n'
                "\treturn\n"
                "}",
            ),
        ),
    ),
    references=(
        Reference("OWASP MCP Top 10, MCP08: Lack of Audit and Telemetry", "https://owasp.org/www-project-mcp-top-10/"),
        Reference("CWE-778: Insufficient Logging", "https://cwe.mitre.org/data/definitions/778.html"),
    ),
)
def sa102(facts: Facts) -> Iterator[Observation]:
    """One opportunity for each rejecting branch, and for each place where clients are let in."""
    rejected = [one for one in facts.rejections if one.surface.counts]
    admitted = [one for one in facts.connections if one.surface.counts]
    packages = {*(one.package for one in rejected), *(one.package for one in admitted)}
    if not servers(facts) and not packages:
        yield from without_tools(facts)
    for package in servers(facts):
        if package not in packages:
            yield NotApplicable(_reason(facts, package), package)
    for unused in (one for one in facts.unused if one.kind in {"auth", "audit"}):
        yield State(f"{unused.name} ({unused.location}) is defined, never called", unused.package)
    every = [*map(_rejected, rejected), *map(_admitted, admitted)]
    for package in sorted(packages):
        own = [one for one in every if one.package == package]
        silent = any(not one.met and one.aspect != INCOMPLETE for one in own)
        yield from ratio(
            own,
            _describe,
            severity=Severity.MEDIUM if silent else Severity.LOW,
            place=_place,
            fix="record the rejection in this branch: event, reason, hashed caller"
            if silent
            else "record each client that is let in: client id, outcome of `initialize`, session",
        )


def _place(missed: Sequence[Evidence]) -> Location:
    return next((one.location for one in missed if one.aspect != INCOMPLETE), missed[0].location)


def _reason(facts: Facts, package: str) -> str:
    if stdio_only(facts, package) and not any(auth.package == package for auth in facts.auth):
        return "stdio only, no authentication code and no refusal of a tool call"
    return "no branch that rejects a caller was found"


def _rejected(one: Rejection) -> Evidence:
    what = "refused tool call" if one.tool else "rejected caller"
    said = f"{what} ({one.cause.value}): {one.what}"
    if one.records:
        return Evidence(one.location, True, f"{said}; recorded at {_places(one.records)}", one.package)
    if one.hushed is not None:
        only = f"a record only at debug level or behind an option ({one.hushed})"
        return Evidence(one.location, False, f"{said}; {only}", one.package, aspect=HUSHED)
    return Evidence(one.location, False, f"{said}; no record", one.package)


def _admitted(one: Connection) -> Evidence:
    if not one.records and one.access is not None:
        only = f"only {one.access.what} ({one.access.location}), without client id and outcome of `initialize`"
        return Evidence(one.location, False, f"{one.what}; {only}", one.package, aspect=INCOMPLETE)
    if not one.records:
        return Evidence(one.location, False, f"{one.what}; no record", one.package)
    return Evidence(one.location, True, f"{one.what}; recorded at {_places(one.records)}", one.package)


def _places(places: Sequence[object]) -> str:
    return ", ".join(map(str, places[:_SHOWN]))


def _describe(missed: Sequence[Evidence], opportunities: int) -> str:
    silent = [one for one in missed if one.aspect != INCOMPLETE]
    said = f"{len(silent)} of {opportunities} places that reject a caller or let one in leave no record"
    if hushed := sum(one.aspect == HUSHED for one in silent):
        said += f" by default, {hushed} of them one only at debug level or behind an option"
    partial = [one.what for one in missed if one.aspect == INCOMPLETE]
    return "; ".join([*([said] if silent else []), *partial])

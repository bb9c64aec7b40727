"""SA109: a tool changes the server's configuration unguarded."""

from collections.abc import Iterator, Sequence

from skillaudit.check import Evidence, Example, NotApplicable, Observation, Reference, Remediation, check, ratio
from skillaudit.checks._servers import servers, without_tools
from skillaudit.facts import Facts
from skillaudit.guards import ConfigChange
from skillaudit.model import Severity


@check(
    "SA109",
    title="Runtime configuration change unguarded",
    asks="Does each tool that changes the server's own limits, scopes or flags ask for a second factor and record the change?",
    why="Whoever talks the model into raising a limit or widening a scope has switched the guards off for everything that follows.",
    remediation=Remediation(
        "Ask for something beyond the session token before the change (a separate admin code, compared in constant time, or an explicit "
        "confirmation such as MCP elicitation), and record setting, old and new value, and the hashed caller. Or take the tool out.",
        (
            Example(
                "Python",
                "python",
                "given = hashlib.sha256(confirmation.encode()).hexdigest()\n"
                "if not hmac.compare_digest(given, settings.admin_code_sha256):\n"
                '    log.error("config_change_denied", setting=name, caller=caller)\n'
                '    raise Forbidden("the confirmation code is wrong")\n'
                "before = getattr(LIMITS, name)\n"
                "setattr(LIMITS, name, value)\n"
                'log.warning("config_change", setting=name, before=before, after=value, caller=caller)',
            ),
            Example(
                "TypeScript",
                "ts",
                "const answer = await server.server.elicitInput({ message: `Set ${limit} to ${value}?`, requestedSchema });\n"
                "if (answer.action !== 'accept') throw new Error('not confirmed');\n"
                "limits[limit] = value;\n"
                "log.security({ event: 'config_change', setting: limit, after: value, callerId });",
            ),
            Example(
                "Go",
                "go",
                'if subtle.ConstantTimeCompare(digest(req.GetString("confirmation", "")), adminDigest) != 1 {\n'
                '\tslog.Error("config_change_denied", "setting", name)\n'
                '\treturn mcp.NewToolResultError("the confirmation is wrong"), nil\n}\n'
                "limits.Set(name, value)\n"
                'slog.Warn("config_change", "setting", name, "after", value)',
            ),
        ),
    ),
    references=(
        Reference(
            "CWE-306: Missing Authentication for Critical Function", "https://cwe.mitre.org/data/definitions/306.html"
        ),
        Reference("CWE-778: Insufficient Logging", "https://cwe.mitre.org/data/definitions/778.html"),
    ),
)
def sa109(facts: Facts) -> Iterator[Observation]:
    """One opportunity for each tool that changes the server's own configuration."""
    if not servers(facts):
        yield from without_tools(facts)
        return
    for package in servers(facts):
        if not any(one.package == package and one.surface.counts for one in facts.config_changes):
            yield NotApplicable("no tool was seen to change the server's own limits, scopes or flags", package)
    yield from ratio(
        map(_evidence, facts.config_changes),
        _describe,
        severity=Severity.MEDIUM,
        fix="ask for a second factor before the change, and record it",
    )


def _evidence(change: ConfigChange) -> Evidence:
    missing = [
        *([] if change.confirmed else ["a second factor"]),
        *([] if change.recorded else ["a record"]),
    ]
    whose = f"tool `{change.tool}` changes `{change.setting}`"
    what = (
        f"{whose} without {' and without '.join(missing)}"
        if missing
        else f"{whose} after a second factor, with a record"
    )
    return Evidence(change.location, not missing, what, change.package, change.surface, tools=(change.tool,))


def _describe(missed: Sequence[Evidence], opportunities: int) -> str:
    del opportunities
    return "; ".join(one.what for one in missed)

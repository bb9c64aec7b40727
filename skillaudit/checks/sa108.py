"""SA108: writes to protected paths are not blocked and logged before they happen."""

from collections.abc import Iterator, Sequence

from skillaudit.check import Evidence, Example, NotApplicable, Observation, Reference, Remediation, check, ratio
from skillaudit.checks._codeflows import in_words
from skillaudit.codeflows import CodeFlow, Danger, Strength
from skillaudit.facts import Facts
from skillaudit.model import Severity

_WRITES = {"write", "delete", "rename"}
_CONTAINED = "kept inside a root only"


@check(
    "SA108",
    title="Writes to protected paths are not blocked and logged first",
    asks="Is each file that a caller's path writes, moves or deletes checked against protected paths, with a record before it?",
    why="A root alone holds the keys of what runs in it: `.env`, `.git/hooks`, `.github/workflows`, `.ssh`, cron entries. "
    "An agent that was talked into writing there takes over the host, and a record written afterwards is the attacker's to "
    "skip.",
    remediation=Remediation(
        "Before the write: refuse paths whose segments are protected, and write the event `protected_path_blocked` or "
        "`file_write` with the tool and a hash of the path.",
        (
            Example(
                "Python",
                "python",
                'PROTECTED = {".env", ".git", ".ssh", ".github", "node_modules", "cron.d"}\n'
                "if PROTECTED.intersection(target.parts):\n"
                '    log.warning("protected_path_blocked", extra={"tool": tool})\n'
                '    raise PermissionError("protected path")\n'
                'log.info("file_write", extra={"tool": tool})\n'
                "target.write_text(content)",
            ),
            Example(
                "TypeScript",
                "ts",
                'const PROTECTED = [".env", ".git", ".ssh", ".github", "node_modules"];\n'
                "if (target.split(path.sep).some((part) => PROTECTED.includes(part))) {\n"
                '  log.warn({event: "protected_path_blocked", tool});\n'
                '  throw new Error("protected path");\n'
                "}\n"
                'log.info({event: "file_write", tool});\n'
                "await fs.writeFile(target, content);",
            ),
        ),
    ),
    references=(
        Reference("OWASP MCP Top 10, MCP08: Lack of Audit and Telemetry", "https://owasp.org/www-project-mcp-top-10/"),
        Reference("CWE-73: External Control of File Name or Path", "https://cwe.mitre.org/data/definitions/73.html"),
    ),
)
def sa108(facts: Facts) -> Iterator[Observation]:
    """One opportunity for each call by which a caller's path is written, moved or deleted."""
    flows = [f for f in facts.code_flows if f.danger is Danger.PATH and f.operation in _WRITES]
    flows = [f for f in flows if not (f.guarded.strength is Strength.SOUND and "one of a closed set" in f.guarded.what)]
    if not any(flow.surface.counts for flow in flows):
        yield NotApplicable("no path that a caller chooses is written, moved or deleted")
    evidence = [Evidence(f.location, _met(f), _what(f), f.package, f.surface, tools=f.tools) for f in flows]
    loose = {flow.package for flow in flows if not _met(flow) and not _contained(flow) and flow.surface.counts}
    for package in sorted({flow.package for flow in flows}):
        own = [one for one in evidence if one.package == package]
        yield from ratio(
            own,
            _describe,
            severity=Severity.MEDIUM if package in loose else Severity.LOW,
            fix="refuse `.env`, `.git`, `.ssh`, `.github`, `/etc`, cron and `node_modules` before the write, and record it first",
        )


def _met(flow: CodeFlow) -> bool:
    return flow.protected is not None and flow.recorded is not None


def _contained(flow: CodeFlow) -> bool:
    return flow.guarded.strength is Strength.SOUND


def _what(flow: CodeFlow) -> str:
    did = f"{in_words(flow.value)} reaches `{flow.sink}`"
    if _met(flow):
        return f"{did} after a check of protected paths and a record"
    if flow.protected is not None:
        return f"{did} after a check of protected paths, without a record before it"
    if _contained(flow):
        return f"{did} {_CONTAINED}: `.env`, `.git/`, `.github/` and scripts inside it may be overwritten"
    return f"{did} without a check of protected paths"


def _describe(missed: Sequence[Evidence], total: int) -> str:
    inside = all(_CONTAINED in one.what for one in missed)
    least = f" ({_CONTAINED}: `.env`, `.git/`, `.github/` and scripts lie inside it)" if inside else ""
    return f"{len(missed)} of {total} writes to a caller's path are not blocked on protected paths and recorded first{least}"

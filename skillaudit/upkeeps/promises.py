"""What the repository says to its users: security policy, licence, what changed."""

import re
from collections.abc import Iterator
from typing import Any

from skillaudit.inventory import Package
from skillaudit.model import Location
from skillaudit.treefiles import Files
from skillaudit.upkeep import ChangeLog, Licence, Policy, Sign

_POLICY = re.compile(
    r"(?:\.github/|docs?/|\.gitlab/)?security(?:[-_ ]?policy)?(?:\.(?:md|rst|txt|adoc|markdown))?", re.IGNORECASE
)
_LICENCE = re.compile(
    r"(?P<folder>(?:.*/)?)(?:(?:[\w-]+[-_.])?(?:licen[sc]es?|copying|unlicense)(?:[-_.][\w.-]+)?|licenses/[^/]+)",
    re.IGNORECASE,
)
_CODE = re.compile(r"\.(?:py|ts|js|mjs|cjs|go|json|ya?ml|sh|tsx?|rs|toml|lock|csv)$", re.IGNORECASE)
_CHANGES = re.compile(
    r"(?:.*/)?(?:change[-_ ]?log|changes|history|news|releases?(?:[-_ ]?notes)?)(?:\.(?:md|rst|txt|adoc|markdown"
    r"|mdx))?"
    r"|\.changeset/[^/]+|(?:.*/)?(?:changelog|changes|release-?notes|releases|\.changes"
    r"|newsfragments)(?:\.d)?/[^/]+\.(?:md|rst|txt|mdx|yaml)",
    re.IGNORECASE,
)
_LOGGING = re.compile(
    r"\b(?:logs?|logged|logging|audit[ -](?:trail|events?|records?)|telemetry|audit(?:ed|ing)? +(?:of|all|every"
    r"|each))\b",
    re.IGNORECASE,
)
_NOT_LOGGING = re.compile(
    r"\b(?:change|git|commit|release)[ -]?logs?\b|\blog(?:s|ged|ging)?[ -]?(?:in|into|on|out|off)\b"
    r"|\bissues?, .*\blogs\b"
    r"|\b(?:include|attach|provide|send|share|submit|redact|relevant|describe|paste|collect|steps"
    r"|screenshots?)\b.*\blogs?\b|\blogs?\b.*\b(?:if (?:available|possible|relevant)|screenshots?)",
    re.IGNORECASE,
)


def read(files: Files) -> Iterator[Sign]:
    """Policies, licences and lists of changes."""
    for file in files.matching(_POLICY):
        if files.text(file.path).strip():
            yield Policy(Location(file.path, 1), _says(files.text(file.path)))
    for path in files.known:
        if (found := _LICENCE.fullmatch(path)) and not _CODE.search(path):
            yield Licence(Location(path, 1), found["folder"].rstrip("/"))
        if _CHANGES.fullmatch(path) and not _CODE.search(path):
            yield ChangeLog(Location(path, 1))
    for package in files.inventory.packages:
        if (pattern := _named(files, package)) is not None:
            yield Licence(files.line_of(package.manifest, pattern), package.path)


def _says(text: str) -> int:
    """The first line that says something about what gets logged, code blocks and links' addresses apart."""
    for number, line in enumerate(text.split("\n"), 1):
        plain = re.sub(r"\]\([^)]*\)", "]", line[:1000])
        if _LOGGING.search(plain) and not _NOT_LOGGING.search(plain):
            return number
    return 0


def _named(files: Files, package: Package) -> str | None:
    """How the line of the manifest that names a licence looks; None where there is none."""
    name = package.manifest.rpartition("/")[2]
    if name == "package.json":
        held = files.json(package.manifest)
        return r'^[ \t]*"licen[sc]es?"\s*:' if held.get("license") or held.get("licenses") else None
    if name in {"pyproject.toml", "Cargo.toml"}:
        return r"^[ \t]*(?:license|\"?License ::)|License ::" if _in_table(files.toml(package.manifest)) else None
    if name in {"setup.cfg", "setup.py"}:
        pattern = r"^[ \t]*license(?:_files?|_expression)?\s*=|License ::"
        return pattern if re.search(pattern, files.text(package.manifest), re.MULTILINE) else None
    pattern = r"<licenses?>|<PackageLicense"
    return pattern if re.search(pattern, files.text(package.manifest)) else None


def _in_table(held: Any) -> bool:
    tables = [held.get("project"), held.get("package"), (held.get("workspace") or {}).get("package")]
    tool = held.get("tool")
    tables += [tool.get("poetry"), tool.get("flit")] if isinstance(tool, dict) else []
    return any(
        bool(table.get("license") or table.get("license-file") or table.get("license-files"))
        or any("License ::" in str(one) for one in table.get("classifiers") or ())
        for table in tables
        if isinstance(table, dict)
    )

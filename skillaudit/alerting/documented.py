"""Where it is written down who answers an alert of which severity, and how fast."""

import re
from collections.abc import Iterator
from pathlib import Path

from skillaudit.inventories.reading import read_text
from skillaudit.inventory import Inventory
from skillaudit.model import Gap, Location, Surface

_NAMES = re.compile(r"\.(?:md|mdx|markdown|rst|adoc|txt)$", re.IGNORECASE)
_NEVER = re.compile(r"(?:^|/)(?:CHANGELOG|CHANGES|HISTORY|LICENSE|node_modules)\b", re.IGNORECASE)
_LARGEST = 256 << 10
_MOST = 2_000
_NEAR = 25
"""Lines within which the severities of one scheme stand."""
_FEWEST = 2
_SEVERITY = re.compile(r"\b(?:p[0-5]|sev-?[0-5]|critical|warning|info|high|medium|low|page|ticket)\b", re.IGNORECASE)
_TIME = re.compile(
    r"\b\d{1,4}\s*(?:s|sec\w*|m|min\w*|h|hrs?|hours?|d|days?|business days?)\b|\b(?:immediate(?:ly)?|at once"
    r"|next (?:business|working) day|daily|weekly|same day|24/7)\b",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"\bon-?call|\bteam\b|\bowners?\b|\bengineers?\b|\brotation\b|\bpager ?duty\b|\bopsgenie\b"
    r"|#[a-z][\w-]{2,}|@[\w-]{3,}|\bslack\b|\bchannel\b|\bsecurity\b|\bsre\b|\blead\b|\bmaintainers?\b|\be-?mail\b|\bdigest\b",
    re.IGNORECASE,
)
_ALERTING = re.compile(r"\balert|\bpage[sd]?\b|\bpaging\b|\bon-?call\b|\bescalat|\bincident", re.IGNORECASE)


def documented(root: Path, inventory: Inventory, gaps: list[Gap]) -> Iterator[Location]:
    """The first line of each scheme: at least two severities near each other, each with people and a time.

    Args:
        root: the tree that the inventory lists.
        inventory: its files.
        gaps: gets what could not be read.
    """
    left = _MOST
    for file in inventory.files:
        wanted = _NAMES.search(file.path) and not _NEVER.search(file.path)
        if not wanted or not file.digest or file.surface in {Surface.VENDORED, Surface.TEST} or file.size > _LARGEST:
            continue
        left -= 1
        if left >= 0 and (held := read_text(root, file.path, _LARGEST, gaps)) is not None and _ALERTING.search(held):
            line = _scheme(held)
            if line:
                yield Location(file.path, line)


def _scheme(text: str) -> int:
    """The line on which a scheme begins, 0 where there is none."""
    found: list[tuple[int, str]] = []
    for number, line in enumerate(text.split("\n"), 1):
        severity = _SEVERITY.search(line[:1000])
        if severity is None or not _TIME.search(line[:1000]) or not _WHO.search(line[:1000]):
            continue
        found = [one for one in found if number - one[0] <= _NEAR and one[1] != severity[0].lower()]
        found.append((number, severity[0].lower()))
        if len(found) >= _FEWEST:
            return found[0][0]
    return 0

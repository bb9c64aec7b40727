"""What makes a finding the same finding in another version of the code: its check and its words, not its line."""

import hashlib
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from skillaudit.check import Check, Finding
from skillaudit.clean import without_hashes
from skillaudit.excerpt import Excerpt, Excerpts, key_of
from skillaudit.rubric import Kind
from skillaudit.settings import without_wishes

_NO_EXCERPT = Excerpt((), "", 0)
_LENGTH = 32


class Fingerprint(msgspec.Struct, frozen=True):
    """Identities of one finding, in hexadecimal; both are made of masked text, so that no secret can be guessed back.

    Attributes:
        own: Of the finding in its file. It survives edits elsewhere in the file; a second finding with the same words
            in the same file has another one.
        content: Of its words alone, whatever the file: what a finding keeps that moves or whose file is renamed.
    """

    own: str
    content: str


def fingerprints(check: Check, findings: Iterable[Finding], excerpts: Excerpts) -> Iterator[Fingerprint]:
    """The fingerprint of each finding of one check, which come in the order of their places.

    A check that makes one finding for each package is the same finding as long as the package is the same, wherever
    the best place to fix it lies today.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    for finding in findings:
        path, words = _words(check, finding, excerpts)
        identity = (check.id, path, words)
        seen[identity] += 1
        yield Fingerprint(_digest(*identity, str(seen[identity])), _digest(check.id, words))


def _words(check: Check, finding: Finding, excerpts: Excerpts) -> tuple[str, str]:
    if check.kind is not Kind.INCIDENT and finding.surface.counts:
        return finding.package, "one finding for each package"
    lines = map(without_wishes, excerpts.get(key_of(finding.location), _NO_EXCERPT).lines)
    return finding.location.path, without_hashes(" ".join(" ".join(lines).split()) or finding.message)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def pair(before: Sequence[Fingerprint], after: Sequence[Fingerprint]) -> tuple[int | None, ...]:
    """For each fingerprint of ``after`` the number of the one in ``before`` that it is, None where it is new.

    One finding is one finding: a copy of something known is new, whichever of the two the reader would call the copy.
    """
    partners: list[int | None] = _paired([one.own for one in before], [one.own for one in after])
    taken = {number for number in partners if number is not None}
    free = [number for number in range(len(before)) if number not in taken]
    lone = [number for number, partner in enumerate(partners) if partner is None]
    moved = _paired([before[number].content for number in free], [after[number].content for number in lone])
    for number, partner in zip(lone, moved, strict=True):
        partners[number] = None if partner is None else free[partner]
    return tuple(partners)


def _paired(before: Sequence[str], after: Sequence[str]) -> list[int | None]:
    places: defaultdict[str, deque[int]] = defaultdict(deque)
    for number, text in enumerate(before):
        places[text].append(number)
    return [places[text].popleft() if places[text] else None for text in after]

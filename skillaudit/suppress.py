"""Sets findings aside that a repository's owner does not want to hear of, and keeps account of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from skillaudit.check import Check, Evidence, Finding, NotApplicable, Observation
from skillaudit.excerpt import Excerpts
from skillaudit.fingerprint import Fingerprint, fingerprints, pair
from skillaudit.rubric import Kind
from skillaudit.settings import Ignore, Problem, Settings


class Suppressed(msgspec.Struct, frozen=True):
    """A finding that somebody wants to be left out, and the wish that says so."""

    check: Check
    finding: Finding
    fingerprint: Fingerprint
    ignore: Ignore


class Wishes(msgspec.Struct, frozen=True):
    """What is to be set aside.

    Attributes:
        settings: What the repository says, or its base where the head of a pull request is not to be believed.
        known: Findings that were set aside in the base, whatever lines they stand on now.
        honoured: Whether the findings leave the grade; else they are counted and shown.
        as_of: The ISO date that ``until`` is compared with.
    """

    settings: Settings
    as_of: str
    honoured: bool = True
    known: tuple[Suppressed, ...] = ()


@dataclass(slots=True)
class Suppressor:
    """Applies wishes to the observations of one check after the other, and remembers what became of them."""

    wishes: Wishes
    excerpts: Excerpts
    suppressed: list[Suppressed] = field(default_factory=list)
    _used: set[Ignore] = field(default_factory=set)
    _expired: set[Ignore] = field(default_factory=set)

    def apply(self, check: Check, observations: tuple[Observation, ...]) -> tuple[Observation, ...]:
        """The observations without what is set aside, or all of them where the wishes are not honoured."""
        findings = sorted(
            (one for one in observations if isinstance(one, Finding)), key=lambda one: (one.location, one.message)
        )
        if not findings:
            return observations
        marks = tuple(fingerprints(check, findings, self.excerpts))
        set_aside = [
            Suppressed(check, finding, mark, ignore)
            for finding, mark, ignore in zip(findings, marks, self._wished(check, findings, marks), strict=True)
            if ignore is not None
        ]
        self.suppressed.extend(set_aside)
        return tuple(_left(check, observations, set_aside)) if set_aside and self.wishes.honoured else observations

    def problems(self) -> tuple[Problem, ...]:
        """What the wishes themselves leave to be desired; complete once every check went through."""
        expired = (
            Problem(one.place, f"{one.check} is no longer ignored: until={one.until} has passed")
            for one in self.wishes.settings.ignores
            if one in self._expired
        )
        unused = (
            Problem(one.place, f"{one.check} is ignored here and not found: remove the suppression")
            for one in self.wishes.settings.ignores
            if one not in self._used and one not in self._expired
        )
        return (*self.wishes.settings.problems, *expired, *unused)

    def _wished(
        self, check: Check, findings: Sequence[Finding], marks: Sequence[Fingerprint]
    ) -> Iterator[Ignore | None]:
        known = [one for one in self.wishes.known if one.check.id == check.id]
        partners = pair([one.fingerprint for one in known], marks)
        for finding, partner in zip(findings, partners, strict=True):
            yield known[partner].ignore if partner is not None else self._covering(check, finding)

    def _covering(self, check: Check, finding: Finding) -> Ignore | None:
        for one in self.wishes.settings.ignores:
            if one.covers(check.id, finding.location):
                if one.until and one.until < self.wishes.as_of:
                    self._expired.add(one)
                    continue
                self._used.add(one)
                return one
        return None


def _left(check: Check, observations: Iterable[Observation], suppressed: Sequence[Suppressed]) -> Iterator[Observation]:
    """What remains: a finding takes the misses with it that it stands for."""
    findings = [one.finding for one in suppressed]
    places = {one.location for one in findings}
    packages = {wish.finding.package: wish.ignore for wish in suppressed if wish.finding.surface.counts}
    for one in observations:
        match one:
            case Finding() if one in findings:
                continue
            case Evidence(met=False) if check.kind is Kind.INCIDENT and one.location in places:
                continue
            case Evidence(met=False) if check.kind is not Kind.INCIDENT and one.package in packages:
                continue
            case _:
                yield one
    for package, ignore in sorted(packages.items(), key=lambda item: item[0]):
        if check.kind is not Kind.INCIDENT:
            yield NotApplicable(f"set aside at {ignore.place}: {ignore.reason}", package)

"""What a check is, how it is declared, and how the checks are found.

A check reads facts and says what it observed. It never decides what silence means and never counts points: that is the
business of ``evaluate`` and ``grade``.
"""

import pkgutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from typing import TypeAlias

import msgspec

from skillaudit.facts import Facts, Step
from skillaudit.model import Axis, Confidence, Language, Location, Severity, Surface
from skillaudit.rubric import Kind, rubric

SUPPORTED = frozenset(language for language in Language if language.supported)
"""The languages that are analysed in full."""

_SHOWN = 25
_CHECKS = "skillaudit.checks"


class Evidence(msgspec.Struct, frozen=True):
    """One opportunity: a place where the check's question arises, and whether it is met there.

    Attributes:
        tools: The names of the tools that it is about; empty where it is about the whole package.
        aspect: Which part of the check's question it answers, where there are several.
        told: The check whose finding tells of this miss already; empty where this check has to.
    """

    location: Location
    met: bool
    what: str
    package: str
    surface: Surface = Surface.PRODUCTION
    tools: tuple[str, ...] = ()
    aspect: str = ""
    told: str = ""


class Edit(msgspec.Struct, frozen=True):
    """A fix that a machine can apply: ``old`` stands once on the finding's first line and becomes ``new``."""

    old: str
    new: str


class Finding(msgspec.Struct, frozen=True):
    """Something wrong at a place.

    Attributes:
        location: The call itself, not the file or block around it.
        message: One sentence that names what was found; never the value of a secret.
        level: The record's level where that matters, else empty.
        gate: The opt-in condition in front of it, else empty.
        fix: What to write here instead, else empty.
        related: Other places a reader wants to see, such as a wrapper's inner sink or further misses.
        trace: The data flow, source first.
        edit: The fix as a change of text, where it is mechanical.
    """

    severity: Severity
    confidence: Confidence
    surface: Surface
    package: str
    location: Location
    message: str
    level: str = ""
    gate: str = ""
    fix: str = ""
    related: tuple[Step, ...] = ()
    trace: tuple[Step, ...] = ()
    edit: Edit | None = None

    @property
    def graded(self) -> bool:
        """Whether it can cost points: neither INFO nor of low confidence."""
        return self.severity is not Severity.INFO and self.confidence is not Confidence.LOW

    @property
    def way(self) -> tuple[Step, ...]:
        """The data flow, where it tells a reader more than the finding's own place."""
        return self.trace if any(step.location != self.location for step in self.trace) else ()


class Unknown(msgspec.Struct, frozen=True):
    """The question arises and cannot be answered; ``package`` is None where that holds for the whole repository."""

    reason: str
    package: str | None = None


class NotApplicable(msgspec.Struct, frozen=True):
    """The question does not arise, and why, in words; ``package`` is None where that holds for the whole repository."""

    reason: str
    package: str | None = None


class State(msgspec.Struct, frozen=True):
    """A word on how things stand, such as 'defined, not wired'; ``package`` as in ``Unknown``."""

    text: str
    package: str | None = None


Observation: TypeAlias = Evidence | Finding | Unknown | NotApplicable | State
Run: TypeAlias = Callable[[Facts], Iterator[Observation]]


class Example(msgspec.Struct, frozen=True):
    """Code to paste for one framework; ``language`` is what a Markdown fence calls it."""

    framework: str
    language: str
    code: str


class Remediation(msgspec.Struct, frozen=True):
    """How to fix it: advice for everybody, then code per framework where that helps."""

    advice: str
    examples: tuple[Example, ...] = ()


class Reference(msgspec.Struct, frozen=True):
    """Where the requirement comes from: a CWE, an OWASP item, a specification."""

    title: str
    url: str


class Check(msgspec.Struct, frozen=True):
    """One question asked of a repository.

    Attributes:
        asks: The question, one sentence.
        why: What goes wrong where it is not met.
        languages: Those whose code it reads; empty where it reads manifests and folders only.
        run: Yields what it observes; it may raise, which is then 'could not tell'.
    """

    id: str
    title: str
    axis: Axis
    severity: Severity
    kind: Kind
    group: str
    asks: str
    why: str
    remediation: Remediation
    references: tuple[Reference, ...]
    languages: frozenset[Language]
    run: Run

    @property
    def weight(self) -> int:
        """What it can cost, in points."""
        return 0 if self.free else rubric().weights[self.severity]

    @property
    def free(self) -> str:
        """Why its findings cost no points, in words; empty where they do."""
        row = rubric().checks.get(self.id)
        return row.free if row else ""


class CheckError(Exception):
    """The declared checks contradict each other or the rubric: a defect of this program."""


def check(  # noqa: PLR0913 - a declaration; every call names its arguments
    identifier: str,
    *,
    title: str,
    asks: str,
    why: str,
    remediation: Remediation,
    references: tuple[Reference, ...],
    languages: frozenset[Language] = SUPPORTED,
) -> Callable[[Run], Check]:
    """Declare a check; its axis, severity, kind and group come from ``rubric.toml``.

    Raises:
        CheckError: the rubric has no row for the identifier.
    """
    row = rubric().checks.get(identifier)
    if row is None:
        raise CheckError(f"{identifier} has no row in rubric.toml")

    def declare(run: Run) -> Check:
        return Check(
            identifier,
            title,
            row.axis,
            row.severity,
            row.kind,
            row.group,
            asks=asks,
            why=why,
            remediation=remediation,
            references=references,
            languages=languages,
            run=run,
        )

    return declare


def load_checks(package: str = _CHECKS) -> tuple[Check, ...]:
    """Every check declared in the modules of ``package``, by id; modules that begin with ``_`` are helpers.

    Raises:
        CheckError: two checks share an id.
    """
    found: dict[str, Check] = {}
    for module in pkgutil.iter_modules(import_module(package).__path__, f"{package}."):
        if module.name.rpartition(".")[2].startswith("_"):
            continue
        for value in vars(import_module(module.name)).values():
            if isinstance(value, Check) and found.setdefault(value.id, value) is not value:
                raise CheckError(f"{value.id} is declared twice")
    return tuple(found[identifier] for identifier in sorted(found))


def ratio(  # noqa: PLR0913 - every call names its options
    evidence: Iterable[Evidence],
    describe: Callable[[Sequence[Evidence], int], str],
    *,
    severity: Severity,
    place: Callable[[Sequence[Evidence]], Location] = lambda missed: missed[0].location,
    fix: str = "",
    confidence: Confidence = Confidence.HIGH,
) -> Iterator[Observation]:
    """All the evidence, then one finding for each package that misses some of its opportunities.

    A miss that another check tells of counts, and is said once: where there is no other, there is no finding.

    Args:
        evidence: opportunities on both sides; those outside production code are passed on and not counted.
        describe: the finding's message, from the misses and the number of opportunities.
        severity: of the finding.
        place: the best place to fix, from the misses (at least one, sorted); a dispatcher is better than a handler.
        fix: what to write there.
        confidence: of the finding.
    """
    counted: dict[str, list[Evidence]] = {}
    for one in evidence:
        yield one
        if one.surface.counts:
            counted.setdefault(one.package, []).append(one)
    for package, ones in sorted(counted.items()):
        missed = sorted((one for one in ones if not one.met and not one.told), key=lambda one: one.location)
        if missed:
            where = place(missed)
            yield Finding(
                severity,
                confidence,
                Surface.PRODUCTION,
                package,
                where,
                describe(missed, len(ones)) + _elsewhere(ones),
                fix=fix,
                related=_others(missed, where),
            )


def _others(missed: Iterable[Evidence], where: Location) -> tuple[Step, ...]:
    """The other places, each once, with the first that is to be said of it."""
    places: dict[Location, str] = {}
    for one in missed:
        places.setdefault(one.location, one.what)
    return tuple(Step(place, what) for place, what in places.items() if place != where)[:_SHOWN]


def _elsewhere(ones: Iterable[Evidence]) -> str:
    others = sorted({one.told for one in ones if not one.met and one.told})
    return f"; for those without a record see {' and '.join(others)}" if others else ""

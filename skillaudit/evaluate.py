"""From observations to verdicts: the only place that decides what silence, failure and blindness mean."""

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from operator import itemgetter
from typing import TypeAlias, TypeVar

import msgspec
from msgspec.structs import replace

from skillaudit.check import Check, Evidence, Finding, NotApplicable, Observation, State, Unknown
from skillaudit.facts import Facts, Tool, Transport
from skillaudit.model import Confidence, Language, Location, Severity, Surface
from skillaudit.rubric import Kind, rubric

T = TypeVar("T")
F = TypeVar("F", Tool, Transport)

_NOT_SERVER_CODE = frozenset({Language.SHELL, Language.SVELTE, Language.VUE})
"""Languages that servers are not written in: their lines do not make a repository unsupported."""


class Outcome(StrEnum):
    """The answer to a check's question."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class Verdict(msgspec.Struct, frozen=True):
    """One check's answer for one package or the whole repository.

    ``unseen`` is the share of the code the check would have read that was not seen, 1 where the check itself failed.
    """

    check: Check
    outcome: Outcome
    evidence: tuple[Evidence, ...] = ()
    findings: tuple[Finding, ...] = ()
    reason: str = ""
    state: str = ""
    unseen: Decimal = Decimal(0)
    failed: bool = False

    @property
    def opportunities(self) -> int:
        """Places in production code where the question arises."""
        return sum(one.surface.counts for one in self.evidence)

    @property
    def met(self) -> int:
        """How many of them are met."""
        return sum(one.surface.counts and one.met for one in self.evidence)

    @property
    def told_elsewhere(self) -> tuple[Evidence, ...]:
        """The misses in production code that another check's finding tells of."""
        return tuple(one for one in self.evidence if one.surface.counts and not one.met and one.told)


class Assessment(msgspec.Struct, frozen=True):
    """The verdicts on one package, or on the repository where ``path`` is None.

    Attributes:
        supported: Share of its production lines that are in a language the auditor reads.
        serves: It registers tools in code that was read.
        served: It does, or another package of its repository does.
        silent: It has tools whose code was found, and records nothing at all.
        stdio_only: It can be started on stdio only and holds no authentication code.
    """

    path: str | None
    name: str
    verdicts: tuple[Verdict, ...]
    supported: Decimal
    serves: bool
    served: bool
    silent: bool
    stdio_only: bool


class Evaluation(msgspec.Struct, frozen=True):
    """The repository as a whole and each package that ships; a tree without packages counts as one."""

    repository: Assessment
    packages: tuple[Assessment, ...]


class _Failure(msgspec.Struct, frozen=True):
    """A check that raised; ``reason`` is the exception's class name."""

    reason: str


_Outcome: TypeAlias = tuple[Observation, ...] | _Failure
SetAside: TypeAlias = Callable[[Check, tuple[Observation, ...]], tuple[Observation, ...]]
"""From what a check observed to what of it is judged."""


def evaluate(facts: Facts, checks: Iterable[Check], aside: SetAside | None = None) -> Evaluation:
    """Run every check once over the facts and judge what they observed, for each package and for all of it.

    Args:
        facts: what is known of the repository.
        checks: the questions.
        aside: takes out of a check's observations what the repository's owner does not want judged.
    """
    checks = tuple(checks)
    observed = _one_place_one_finding({check.id: _run(check, facts) for check in checks})
    if aside is not None:
        for check in checks:
            if not isinstance(outcome := observed[check.id], _Failure):
                observed[check.id] = aside(check, outcome)
    observed = _followed(observed)
    packages = _packages(facts)
    judge = _Judge(facts, checks, observed, frozenset(packages))
    return Evaluation(
        judge.assess(None, ""), tuple(judge.assess(path, name) for path, name in sorted(packages.items()))
    )


def _followed(observed: Mapping[str, _Outcome]) -> dict[str, _Outcome]:
    """Misses that another check tells of go where that one's went; without its answer they speak for themselves."""
    judged = {identifier: held for identifier, held in observed.items() if not isinstance(held, _Failure)}
    missed = {
        (identifier, one.package) for identifier, held in judged.items() for one in _of(Evidence, held) if not one.met
    }

    def follow(one: Observation) -> Iterator[Observation]:
        if not isinstance(one, Evidence) or one.met or not one.told or (one.told, one.package) in missed:
            yield one
        elif one.told not in judged:
            yield replace(one, told="")
        else:
            yield NotApplicable(f"the misses of {one.told} that it follows are set aside", one.package)

    followed = {identifier: tuple(two for one in held for two in follow(one)) for identifier, held in judged.items()}
    return {**observed, **followed}


def _packages(facts: Facts) -> dict[str, str]:
    """Paths and names of what is graded: packages that ship, and the root where production code belongs to none."""
    shipping = {package.path: package.name for package in facts.inventory.packages if package.ships}
    homeless = any(file.lines and not file.package for file in facts.inventory.of(Surface.PRODUCTION))
    return shipping | {"": ""} if not shipping or (homeless and "" not in shipping) else shipping


def _run(check: Check, facts: Facts) -> _Outcome:
    try:
        return tuple(_weighed(observation) for observation in check.run(facts))
    except Exception as error:  # noqa: BLE001 - whatever a check trips over, its answer is 'could not tell'
        return _Failure(type(error).__name__)


def _weighed(observation: Observation) -> Observation:
    """Outside production code nothing is worse than LOW."""
    if isinstance(observation, Finding) and not observation.surface.counts and observation.severity.rank < _LOW:
        return replace(observation, severity=Severity.LOW)
    return observation


_LOW = Severity.LOW.rank


def _one_place_one_finding(observed: Mapping[str, _Outcome]) -> dict[str, _Outcome]:
    """Of several findings at one log call, keep the one whose check leads the rubric's precedence."""
    kept = dict(observed)
    taken: set[Location] = set()
    for identifier in rubric().precedence.log_call:
        match kept.get(identifier):
            case tuple(observations):
                left = tuple(one for one in observations if _place_of(one) not in taken)
                kept[identifier] = left if len(left) == len(observations) else _without_orphans(left)
                taken |= {one.location for one in left if isinstance(one, Finding) and one.graded}
            case _:
                continue
    return kept


def _place_of(observation: Observation) -> Location | None:
    """Where something wrong was observed: what is met may stand beside any finding."""
    match observation:
        case Finding(location=location) | Evidence(location=location, met=False):
            return location
        case _:
            return None


def _without_orphans(observations: tuple[Observation, ...]) -> tuple[Observation, ...]:
    """Drop the summary finding of a package whose misses all belong to stronger checks now."""
    had = {one.package for one in observations if isinstance(one, Evidence)}
    missing = {one.package for one in observations if isinstance(one, Evidence) and not one.met}
    return tuple(
        one
        for one in observations
        if not (isinstance(one, Finding) and one.package in had and one.package not in missing)
    )


class _Judge:
    """Turns what was observed into verdicts, package by package."""

    def __init__(
        self, facts: Facts, checks: Sequence[Check], observed: Mapping[str, _Outcome], packages: frozenset[str]
    ) -> None:
        self.facts, self.checks, self.observed = facts, checks, observed

        self.indexed = {
            identifier: _Indexed(outcome, packages)
            for identifier, outcome in observed.items()
            if not isinstance(outcome, _Failure)
        }
        self.tools = _by_package(tool for tool in facts.tools if tool.surface.counts)
        self.recording = {call.package for call in facts.log_calls if call.surface.counts and call.operator}
        self.started = _by_package(transport for transport in facts.transports if transport.surface.counts)
        self.authenticating = {auth.package for auth in facts.auth}

    def assess(self, path: str | None, name: str) -> Assessment:
        """The verdicts on the package at ``path``, on everything where it is None."""
        verdicts = tuple(self._judge(check, path) for check in self.checks)
        lines = self.lines.get(path, {})
        written = {language: count for language, count in lines.items() if language not in _NOT_SERVER_CODE}
        readable = sum(count for language, count in written.items() if language.supported)
        return Assessment(
            path,
            name,
            verdicts,
            Decimal(readable) / (sum(written.values()) or 1),
            serves=bool(self.tools.get(path)),
            served=bool(self.tools.get(None)),
            silent=self._silent(path),
            stdio_only=self._stdio_only(path),
        )

    @cached_property
    def lines(self) -> dict[str | None, dict[Language, int]]:
        """Production lines by package and language; None for the repository."""
        counted: defaultdict[str | None, defaultdict[Language, int]] = defaultdict(lambda: defaultdict(int))
        for file in self.facts.inventory.of(Surface.PRODUCTION):
            if file.language is not None:
                counted[None][file.language] += file.lines
                counted[file.package][file.language] += file.lines
        return {package: dict(languages) for package, languages in counted.items()}

    @cached_property
    def unseen(self) -> dict[str | None, dict[Language, int]]:
        """Production lines in gaps, by package and language; several gaps of a file count once."""
        files = {file.path: file for file in self.facts.inventory.of(Surface.PRODUCTION)}
        missing: dict[str, int] = {}
        for gap in (*self.facts.inventory.gaps, *self.facts.gaps):
            missing[gap.path] = max(missing.get(gap.path, 0), gap.lines)
        counted: defaultdict[str | None, defaultdict[Language, int]] = defaultdict(lambda: defaultdict(int))
        for path, lines in missing.items():
            file = files.get(path)
            if lines and file is not None and file.language is not None:
                counted[None][file.language] += min(lines, file.lines or lines)
                counted[file.package][file.language] += min(lines, file.lines or lines)
        return {package: dict(languages) for package, languages in counted.items()}

    def _share_unseen(self, check: Check, path: str | None) -> Decimal:
        lines, unseen = self.lines.get(path, {}), self.unseen.get(path, {})
        total = sum(max(lines.get(one, 0), unseen.get(one, 0)) for one in check.languages)
        return Decimal(sum(unseen.get(one, 0) for one in check.languages)) / (total or 1)

    def _foreign(self, check: Check, path: str | None) -> str:
        """Why a check of code sees nothing of the server: it is written in languages that are not read. Else empty.

        Where only a part of the code is, and the rest registers no tool, that part is the server.
        """
        lines = self.lines.get(path, {})
        written = {one: count for one, count in lines.items() if count and one not in _NOT_SERVER_CODE}
        others = written.keys() - (check.languages or written.keys())
        share = Decimal(sum(written[one] for one in others)) / (sum(written.values()) or 1)
        names = " and ".join(sorted(one.label for one in others))
        if share == 1:
            return f"production code is in {names}, which is not analysed"
        if share < rubric().unseen.unknown_from or self.tools.get(path):
            return ""
        return f"{share:.0%} of production code is in {names}, which is not analysed, and the rest registers no tool"

    def _judge(self, check: Check, path: str | None) -> Verdict:
        match self.observed[check.id]:
            case _Failure(reason):
                return Verdict(
                    check, Outcome.UNKNOWN, reason=f"the check failed: {reason}", unseen=Decimal(1), failed=True
                )
            case _:
                indexed = self.indexed[check.id]
                unseen = self._share_unseen(check, path)
                return _conclude(check, indexed.of(path), unseen, self._foreign(check, path), asked=indexed.asked)

    def _silent(self, path: str | None) -> bool:
        tools = [tool for tool in self.tools.get(path, ()) if tool.resolved or tool.records]
        recorded = bool(self.recording) if path is None else path in self.recording
        return bool(tools) and not recorded and not any(tool.records for tool in tools)

    def _stdio_only(self, path: str | None) -> bool:
        """A package that starts no transport itself is served by whichever the repository starts."""
        own = self.started.get(path) or self.started.get(None, [])
        authenticates = bool(self.authenticating) if path is None else path in self.authenticating
        return {transport.kind for transport in own} == {"stdio"} and not authenticates


class _Indexed:
    """What one check observed, by the package it concerns: what belongs to none that ships concerns each of them.

    ``asked``: its question arises in production code somewhere.
    """

    def __init__(self, observations: tuple[Observation, ...], packages: frozenset[str]) -> None:
        self.all = observations
        self.common: list[tuple[int, Observation]] = []
        self.own: defaultdict[str, list[tuple[int, Observation]]] = defaultdict(list)
        for place, one in enumerate(observations):
            belongs = self.own[one.package] if one.package is not None and one.package in packages else self.common
            belongs.append((place, one))
        self.asked = any(isinstance(one, Evidence) and one.surface.counts for one in observations)

    def of(self, path: str | None) -> tuple[Observation, ...]:
        """What concerns one package, or everything, in the order it was observed."""
        if path is None:
            return self.all
        return tuple(one for _, one in heapq.merge(self.own.get(path, ()), self.common, key=itemgetter(0)))


def _by_package(facts: Iterable[F]) -> dict[str | None, list[F]]:
    """Facts by package; all of them under None."""
    grouped: defaultdict[str | None, list[F]] = defaultdict(list)
    for fact in facts:
        grouped[None].append(fact)
        grouped[fact.package].append(fact)
    return dict(grouped)


def _conclude(
    check: Check, observations: Sequence[Observation], unseen: Decimal, foreign: str, *, asked: bool
) -> Verdict:
    """What a check's observations on one package amount to; ``asked`` if the question arises in any package.

    ``foreign`` says why there is no code for it to read, empty where there is some.
    """
    evidence = tuple(sorted(_of(Evidence, observations), key=lambda one: (one.location, one.what)))
    findings = tuple(sorted(_of(Finding, observations), key=lambda one: (one.location, one.message)))
    seen: tuple[Evidence | Finding, ...] = (*evidence, *findings)
    wrong = [one for one in seen if one.surface.counts and _place_of(one) is not None]
    if wrong:
        outcome, reason = Outcome.NOT_MET, ""
    elif foreign:
        outcome, reason = Outcome.UNKNOWN, foreign
    else:
        outcome, reason = _outcome(check, observations, unseen, asked=asked)
    if wrong and not any(finding.surface.counts for finding in findings):
        findings += tuple(_summary(check, [one for one in wrong if isinstance(one, Evidence)]))
    state = "; ".join(dict.fromkeys(one.text for one in _of(State, observations)))
    return Verdict(check, outcome, evidence, findings, reason, state, unseen)


def _outcome(check: Check, observations: Sequence[Observation], unseen: Decimal, *, asked: bool) -> tuple[Outcome, str]:
    """The outcome where nothing is wrong, as far as was seen, and the reason for it.

    A check that says where its question arises, and says so elsewhere only, does not apply here.
    """
    unknown, inapplicable = list(_of(Unknown, observations)), list(_of(NotApplicable, observations))
    subjects = any(one.surface.counts for one in _of(Evidence, observations))
    if unknown:
        return Outcome.UNKNOWN, _reasons(unknown)
    if unseen >= rubric().unseen.unknown_from:
        return Outcome.UNKNOWN, f"{unseen:.0%} of the production code it would read could not be analysed"
    if inapplicable and not subjects:
        return Outcome.NOT_APPLICABLE, _reasons(inapplicable)
    if not subjects and (asked or check.kind is Kind.RATIO):
        return Outcome.NOT_APPLICABLE, "no place in production code where the question arises"
    return Outcome.MET, ""


def _reasons(observations: Iterable[Unknown | NotApplicable]) -> str:
    return "; ".join(dict.fromkeys(one.reason for one in observations))


def _summary(check: Check, missed: Sequence[Evidence]) -> Iterator[Finding]:
    """The finding of each package where a check named misses and left it at that: no deduction without a finding.

    Where another check's finding tells of a miss, that one is it.
    """
    untold = [one for one in missed if not one.told]
    for package in sorted({one.package for one in untold}):
        first = next(one for one in untold if one.package == package)
        message = f"{check.title}: {first.what}"
        yield Finding(check.severity, Confidence.HIGH, Surface.PRODUCTION, package, first.location, message)


def _of(kind: type[T], observations: Iterable[Observation]) -> Iterator[T]:
    return (one for one in observations if isinstance(one, kind))

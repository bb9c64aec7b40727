import time
from collections.abc import Collection, Sequence
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judged import evidence, finding, judged, maintained, source, toy
from judged import facts as hand_made
from msgspec.structs import replace

from skillaudit.check import Check, Evidence, Finding, Observation, Unknown
from skillaudit.evaluate import Assessment, Evaluation, Outcome, Verdict
from skillaudit.facts import Step, Tool
from skillaudit.grade import Scorecard, grade, grade_repository, letter_of
from skillaudit.improve import Change, fewest_changes
from skillaudit.model import Axis, Confidence, Gap, Language, Location, Severity, Surface
from skillaudit.rubric import Kind, rubric


def card(*checks: Check) -> Scorecard:
    return grade_repository(judged(*checks))[0]


def control(identifier: str, *observed: Observation) -> Check:
    return toy(identifier, observed=observed, severity=Severity.MEDIUM, kind=Kind.STATE, group="controls")


def score(*checks: Check) -> Decimal:
    security = card(*checks).security.score
    assert security is not None
    return security


def test_incidents_cost_less_each_time_and_have_a_limit() -> None:
    # LOW findings under a LOW check, so that no ceiling interferes: 1.5, then 1.5/6 each, at most 2.25.
    assert score(toy(observed=[finding(1, Severity.LOW)])) == Decimal("98.5")
    assert score(toy(observed=[finding(n, Severity.LOW) for n in range(2)])) == Decimal("98.3")
    assert score(toy(observed=[finding(n, Severity.LOW) for n in range(40)])) == Decimal("97.8")


def test_a_ratio_costs_its_share() -> None:
    check = toy(
        "SA105", observed=[evidence(1), evidence(2, met=False), evidence(3)], severity=Severity.MEDIUM, kind=Kind.RATIO
    )
    assert score(check) == 96


def test_a_state_is_all_or_nothing() -> None:
    check = toy("SA101", observed=[evidence(1), evidence(2, met=False)], severity=Severity.MEDIUM, kind=Kind.STATE)
    assert score(check) == 88


@pytest.mark.parametrize("found", [finding(confidence=Confidence.LOW), finding(severity=Severity.INFO)])
def test_what_is_unsure_or_only_information_is_free(found: Finding) -> None:
    result = card(toy(observed=[found]))
    assert result.security.score == 100
    assert result.observability.score == 100


def test_controls_are_capped() -> None:
    checks = [control(name, evidence(1, met=False)) for name in ("SA101", "SA102", "SA201", "SA401")]
    assert score(*checks) == 70
    stdio = replace(judged(*checks).packages[0], stdio_only=True)
    assert grade(stdio).security.score == 85


def test_other_surfaces_cost_a_fifth_and_are_capped() -> None:
    assert score(toy(observed=[finding(surface=Surface.TEST)])) == Decimal("99.7")
    checks = [toy(f"SA6{n:02}", observed=[finding(k, surface=Surface.BENCHMARK) for k in range(9)]) for n in range(12)]
    assert score(*checks) == 95


def test_one_high_and_two_different_ones() -> None:
    assert score(toy(observed=[finding(1)])) == 70
    apart = [finding(n, trace=(Step(Location("server.py", 90 + n), "source"),)) for n in (1, 2)]
    assert score(toy(observed=apart)) == 59
    one_source = [replace(one, trace=apart[0].trace) for one in apart]
    assert score(toy(observed=one_source)) == 65
    assert {one.at_most for one in card(toy(observed=one_source)).ceilings if one.grade == "security"} == {70}


def test_five_thousand_leaks_are_graded_at_once() -> None:
    steps = (Step(Location("server.py", 9000), "source"),)
    assessed = judged(toy(observed=[finding(n, trace=steps) for n in range(1, 5001)])).packages[0]
    started = time.process_time()
    assert {one.at_most for one in grade(assessed).ceilings if one.grade == "security"} == {70}
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("unseen", "letter", "provisional"),
    [(76, None, True), (1, "A", False), (2, "B", False), (39, "B", False), (60, "C", True)],
)
def test_what_was_not_seen_limits_the_letter(unseen: int, letter: str | None, *, provisional: bool) -> None:
    base = judged(toy(observed=[evidence()])).packages[0]
    seen = tuple(replace(one, unseen=Decimal(unseen) / 100) for one in base.verdicts)
    result = grade(replace(base, verdicts=seen)).security
    assert (result.letter, result.provisional) == (letter, provisional)


def test_a_failed_check_limits_the_letter() -> None:
    def broken(_: object) -> Sequence[Observation]:
        raise ValueError

    result = card(toy("SA301", run=broken), toy("SA302", observed=[evidence()]))  # type: ignore[arg-type]
    assert result.security.letter == "C"
    assert result.security.provisional
    assert (result.security.decided, result.security.total) == (30, 60)


def test_too_little_decided_is_not_graded() -> None:
    checks = [toy(f"SA60{n}", observed=[Unknown("no idea")]) for n in range(4)]
    result = card(*checks, toy(observed=[evidence()]))
    assert (result.security.letter, result.security.score, result.overall.letter) == (None, None, None)


def test_unsupported_languages_are_not_graded() -> None:
    mostly_rust = hand_made(source(lines=10), source("main.rs", Language.RUST, 90), serves=False)
    assert grade_repository(judged(toy(), given=mostly_rust))[0].overall.letter is None
    place = Location("server.py", 1)
    served = replace(mostly_rust, tools=(Tool("t", place, Surface.PRODUCTION, "", place, (), "decorator"),))
    assert grade_repository(judged(toy(), given=served))[0].overall.letter == "A"
    only_rust = hand_made(source("main.rs", Language.RUST, 90), serves=False)
    assert grade_repository(judged(toy(), given=only_rust))[0].overall.letter is None


def test_security_has_no_letter_where_no_tool_was_found() -> None:
    given = hand_made(serves=False)
    result = grade_repository(judged(toy(observed=[evidence()]), given=given))[0]
    assert (result.security.letter, result.observability.letter, result.overall.letter) == (None, None, None)
    assert result.maintenance.letter == "A"


def test_letters_round_half_up() -> None:
    assert [letter_of(Decimal(one)) for one in ("90", "89.9", "80", "60", "59.9")] == ["A", "B", "B", "D", "F"]


def test_observability_is_a_weighted_share_and_zero_in_silence() -> None:
    checks = (
        control("SA101", evidence(1, met=False)),
        control("SA201", evidence(2)),
        toy("SA601", observed=[finding()]),
    )
    evaluation = judged(*checks)
    assert grade_repository(evaluation)[0].observability.score == 50
    silent = replace(evaluation.packages[0], silent=True)
    assert grade(silent).observability.score == 0


def test_the_repository_is_its_worst_package() -> None:
    good, bad = judged(toy(observed=[evidence()])).packages[0], judged(toy(observed=[finding()])).packages[0]
    packages = (replace(good, path="a"), replace(bad, path="b"))
    result, cards = grade_repository(Evaluation(bad, packages))
    assert (result.overall.score, result.overall.package) == (Decimal(70), "b")
    assert [one.overall.score for one in cards] == [100, 70]
    assert [one.points for one in result.deductions if one.check == "SA302"] == [30]


def test_fewest_changes_prefers_fewer_places() -> None:
    evaluation = judged(
        toy("SA301", observed=[finding(n, Severity.MEDIUM) for n in range(6)]),
        toy("SA302", observed=[finding(9, Severity.MEDIUM)]),
        toy("SA303", observed=[finding(19, Severity.MEDIUM)]),
    )
    result, _ = grade_repository(evaluation)
    assert (result.overall.score, result.overall.letter) == (Decimal(79), "C")
    improvement = fewest_changes(evaluation, result)
    assert improvement is not None
    assert (improvement.letter, improvement.changes) == ("B", (Change("SA302", 1),))


def letter_after(evaluation: Evaluation, fixed: Collection[str]) -> str | None:
    """The overall letter if nothing were found by these checks."""
    packages = tuple(
        replace(
            one,
            verdicts=tuple(
                replace(v, outcome=Outcome.MET, evidence=(), findings=()) if v.check.id in fixed else v
                for v in one.verdicts
            ),
        )
        for one in evaluation.packages
    )
    return grade_repository(replace(evaluation, packages=packages))[0].overall.letter


SMALL = st.lists(st.sampled_from([Severity.HIGH, Severity.MEDIUM, Severity.LOW]), min_size=0, max_size=3)


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(st.lists(SMALL, min_size=6, max_size=6), st.integers(0, 6), st.sampled_from(list(Surface)))
def test_no_smaller_set_of_changes_would_do(drawn: list[list[Severity]], controls: int, surface: Surface) -> None:
    checks = [
        toy(
            f"SA60{n}",
            observed=[
                finding(10 * n + k, severity, surface=surface if k else Surface.PRODUCTION)
                for k, severity in enumerate(some)
            ],
            severity=Severity.HIGH,
            group="controls" if n < controls else "",
        )
        for n, some in enumerate(drawn)
    ]
    evaluation = judged(*checks)
    result, _ = grade_repository(evaluation)
    improvement = fewest_changes(evaluation, result)
    better = [
        sum(len(some) for n, some in enumerate(drawn) if f"SA60{n}" in fixed)
        for size in range(len(checks) + 1)
        for fixed in combinations([check.id for check in checks], size)
        if size == (len(improvement.changes) if improvement else size)
        and (letter_after(evaluation, fixed) or "F") < str(result.overall.letter)
    ]
    if improvement is None:
        assert better == []
        return
    named = [change.check for change in improvement.changes]
    assert str(letter_after(evaluation, named)) <= improvement.letter
    assert sum(change.places for change in improvement.changes) == min(better)
    smaller = combinations([check.id for check in checks], len(named) - 1)
    assert all(str(letter_after(evaluation, fixed)) >= str(result.overall.letter) for fixed in smaller)


def test_checks_that_cost_nothing_never_raise_the_grade() -> None:
    evaluation = judged(
        toy("SA202", observed=[finding(1, Severity.MEDIUM)], severity=Severity.MEDIUM, group="controls"),
        toy("SA302", observed=[finding(n, Severity.MEDIUM) for n in range(9, 15)]),
        toy("SA303", observed=[finding(n, Severity.MEDIUM) for n in range(29, 39)]),
    )
    result, _ = grade_repository(evaluation)
    assert [(one.check, int(one.points)) for one in result.deductions] == [
        *(("SA202", 0), ("SA302", 9), ("SA303", 9), ("SA808", 0)),
    ]
    assert (result.security.score, result.security.total) == (Decimal(82), 60)
    improvement = fewest_changes(evaluation, result)
    assert improvement is not None
    assert improvement.changes == (Change("SA302", 6),)


def test_nothing_raises_the_best_or_a_missing_letter() -> None:
    for evaluation in (judged(toy()), judged(*[toy(f"SA60{n}", observed=[Unknown("?")]) for n in range(4)])):
        assert fewest_changes(evaluation, grade_repository(evaluation)[0]) is None


SEVERITIES = st.sampled_from(list(Severity))
FINDINGS = st.builds(
    finding,
    st.integers(1, 9),
    SEVERITIES,
    st.sampled_from(list(Confidence)),
    st.sampled_from([Surface.PRODUCTION, Surface.TEST]),
)
ROWS = sorted(rubric().checks.items())


@st.composite
def verdicts(draw: st.DrawFn) -> tuple[Verdict, ...]:
    """A decided verdict on every check of the rubric."""
    chosen = []
    for identifier, row in ROWS:
        drawn = draw(st.lists(FINDINGS, max_size=4))
        found = [replace(one, severity=max(one.severity, row.severity, key=lambda s: s.rank)) for one in drawn]
        places = [evidence(n, met=draw(st.booleans())) for n in range(draw(st.integers(1, 4)))]
        wrong = any(one.surface.counts for one in found)
        if not wrong:
            places = [replace(one, met=True) for one in places]
        check = toy(identifier, axis=row.axis, severity=row.severity, kind=row.kind, group=row.group)
        outcome = Outcome.NOT_MET if wrong else Outcome.MET
        chosen.append(Verdict(check, outcome, tuple(places), tuple(found)))
    return tuple(chosen)


def scores(given_verdicts: tuple[Verdict, ...], *, silent: bool = False, stdio: bool = False) -> list[Decimal]:
    result = grade(
        Assessment("", "", given_verdicts, Decimal(1), serves=True, served=True, silent=silent, stdio_only=stdio)
    )
    grades = (result.overall, result.security, result.maintenance, result.observability)
    return [one.score for one in grades if one.score is not None]


@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(verdicts(), st.integers(0, len(ROWS) - 1), FINDINGS, st.booleans())
def test_a_further_finding_never_raises_a_score(
    before: tuple[Verdict, ...],
    index: int,
    found: Finding,
    stdio: bool,  # noqa: FBT001
) -> None:
    old = before[index]
    outcome = Outcome.NOT_MET if found.surface.counts else old.outcome
    missed = (evidence(99, met=False),) if found.surface.counts else ()
    new = replace(old, outcome=outcome, findings=(*old.findings, found), evidence=(*old.evidence, *missed))
    after = (*before[:index], new, *before[index + 1 :])
    assert all(b >= a for b, a in zip(scores(before, stdio=stdio), scores(after, stdio=stdio), strict=True))


def silenced(verdict: Verdict) -> Verdict:
    """What becomes of a verdict when every production record that is no leak is deleted from the server."""
    elsewhere = tuple(one for one in verdict.findings if not one.surface.counts)
    match verdict.check.id:
        case "SA101" | "SA105" | "SA201" | "SA401":
            places = tuple(replace(one, met=False) for one in verdict.evidence)
            found = Finding(Severity.MEDIUM, Confidence.HIGH, Surface.PRODUCTION, "", Location("server.py", 1), "none")
            return replace(verdict, outcome=Outcome.NOT_MET, evidence=places, findings=(found, *elsewhere))
        case "SA202" | "SA204":
            return Verdict(verdict.check, Outcome.NOT_APPLICABLE, findings=elsewhere)
        case _:
            return verdict


@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(verdicts(), st.booleans())
def test_silence_never_pays(before: tuple[Verdict, ...], stdio: bool) -> None:  # noqa: FBT001
    after = tuple(silenced(one) for one in before)
    assert all(
        b >= a for b, a in zip(scores(before, stdio=stdio), scores(after, silent=True, stdio=stdio), strict=True)
    )


@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(verdicts(), st.booleans(), st.data())
def test_deleting_a_call_that_interpolates_never_pays(
    before: tuple[Verdict, ...],
    stdio: bool,  # noqa: FBT001
    data: st.DataObject,
) -> None:
    index = next(n for n, one in enumerate(before) if one.check.id == "SA202")
    old = before[index]
    left = tuple(one for one in old.findings if data.draw(st.booleans()))
    outcome = Outcome.NOT_MET if any(one.surface.counts for one in left) else Outcome.MET
    new = replace(old, outcome=outcome, findings=left)
    assert scores((*before[:index], new, *before[index + 1 :]), stdio=stdio) == scores(before, stdio=stdio)


@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(verdicts(), st.integers(0, len(ROWS) - 1))
def test_one_more_good_record_never_lowers_a_score(before: tuple[Verdict, ...], index: int) -> None:
    good: Evidence = evidence(77)
    after = (*before[:index], replace(before[index], evidence=(*before[index].evidence, good)), *before[index + 1 :])
    assert all(a >= b for b, a in zip(scores(before), scores(after), strict=True))


def test_a_gap_in_a_package_reaches_its_grade() -> None:
    given = replace(hand_made(), gaps=(Gap("not-analysed", "server.py", "crash", 10),))
    result = grade_repository(judged(toy(observed=[evidence()]), given=given))[0]
    assert (result.security.letter, result.maintenance.letter) == ("B", "A")
    assert maintained().axis is Axis.MAINTENANCE

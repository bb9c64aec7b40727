from collections.abc import Iterator
from decimal import Decimal

import pytest
from judged import evidence, facts, finding, inventory, judged, package, source, toy
from msgspec.structs import replace

from skillaudit.check import Check, NotApplicable, Observation, State, Unknown
from skillaudit.evaluate import Outcome, Verdict
from skillaudit.facts import AuthCode, Facts, Level, LogCall, Record, Sink, Tool, Transport
from skillaudit.inventory import SourceFile
from skillaudit.model import Confidence, Gap, Language, Location, Severity, Surface
from skillaudit.rubric import Kind

HERE = Location("server.py", 3)
TOOL = Tool("t", HERE, Surface.PRODUCTION, "", HERE, (), "decorator")


def verdict(check: Check, given: Facts | None = None) -> Verdict:
    return judged(check, given=given).repository.verdicts[0]


def call(sink: Sink = Sink.LOGGER) -> LogCall:
    return LogCall(HERE, Surface.PRODUCTION, "", "logging", Level.INFO, sink, "f", "m", ())


@pytest.mark.parametrize(
    ("observed", "outcome", "reason"),
    [
        ([], Outcome.MET, ""),
        ([evidence()], Outcome.MET, ""),
        ([finding()], Outcome.NOT_MET, ""),
        ([evidence(met=False)], Outcome.NOT_MET, ""),
        ([Unknown("encoder unresolved")], Outcome.UNKNOWN, "encoder unresolved"),
        ([evidence(), Unknown("one handler not found")], Outcome.UNKNOWN, "one handler not found"),
        ([finding(), Unknown("one handler not found")], Outcome.NOT_MET, ""),
        ([NotApplicable("stdio only")], Outcome.NOT_APPLICABLE, "stdio only"),
        ([NotApplicable("stdio only"), evidence()], Outcome.MET, ""),
        ([finding(surface=Surface.TEST)], Outcome.MET, ""),
    ],
)
def test_what_silence_and_noise_mean(observed: list[Observation], outcome: Outcome, reason: str) -> None:
    result = verdict(toy(observed=observed))
    assert (result.outcome, result.reason) == (outcome, reason)


def test_a_ratio_without_opportunities_does_not_apply() -> None:
    assert verdict(toy("SA105", kind=Kind.RATIO)).outcome is Outcome.NOT_APPLICABLE


def test_a_check_that_raises_could_not_tell() -> None:
    def broken(_: Facts) -> Iterator[Observation]:
        yield evidence()
        raise KeyError("a line of the repository")

    result = verdict(toy(run=broken))
    assert (result.outcome, result.reason) == (Outcome.UNKNOWN, "the check failed: KeyError")
    assert result.failed


def test_no_deduction_without_a_finding() -> None:
    result = verdict(toy("SA105", observed=[evidence(4, met=False)], severity=Severity.MEDIUM, kind=Kind.RATIO))
    assert [(one.location.line, one.severity) for one in result.findings] == [(4, Severity.MEDIUM)]


def test_a_miss_that_another_check_tells_of_counts_without_a_finding_and_goes_with_it() -> None:
    told = toy("SA114", observed=[replace(evidence(4, met=False), told="SA105")], kind=Kind.RATIO)
    silent = toy("SA105", observed=[evidence(4, met=False)], kind=Kind.RATIO)
    heard = toy("SA105", observed=[evidence(4)], kind=Kind.RATIO)

    def second(*checks: Check) -> Verdict:
        return judged(*checks).repository.verdicts[len(checks) - 1]

    assert (second(silent, told).outcome, second(silent, told).findings) == (Outcome.NOT_MET, ())
    assert second(heard, told).outcome is Outcome.NOT_APPLICABLE
    assert [one.location.line for one in second(told).findings] == [4], "alone it speaks for itself"


def test_outside_production_nothing_is_worse_than_low() -> None:
    result = verdict(
        toy(observed=[finding(1, surface=Surface.EXAMPLE), finding(2, Severity.INFO, surface=Surface.CLI)])
    )
    assert [one.severity for one in result.findings] == [Severity.LOW, Severity.INFO]


@pytest.mark.parametrize(("lines", "outcome"), [(39, Outcome.MET), (40, Outcome.UNKNOWN)])
def test_too_much_unseen_is_unknown(lines: int, outcome: Outcome) -> None:
    given = replace(facts(), gaps=(Gap("not-analysed", "server.py", "crash", lines), Gap("rules", "server.py", "", 5)))
    result = verdict(toy(observed=[evidence()]), given)
    assert (result.outcome, result.unseen) == (outcome, Decimal(lines) / 100)


def test_unseen_counts_only_the_languages_a_check_reads() -> None:
    given = replace(
        facts(source(), source("main.go", Language.GO, 50)), gaps=(Gap("not-analysed", "main.go", "crash", 50),)
    )
    assert verdict(toy(languages=frozenset({Language.PYTHON})), given).unseen == 0
    assert verdict(toy(languages=frozenset({Language.GO})), given).unseen == 1
    assert verdict(toy(languages=frozenset()), given).unseen == 0


def test_what_was_found_stays_found_however_much_is_unseen() -> None:
    given = replace(facts(), gaps=(Gap("not-analysed", "server.py", "crash", 99),))
    assert verdict(toy(observed=[finding()]), given).outcome is Outcome.NOT_MET


def test_one_place_one_finding() -> None:
    stronger = toy("SA301", observed=[finding(5)])
    weaker = toy("SA302", observed=[finding(5), evidence(5, met=False), finding(6), evidence(6, met=False)])
    results = {one.check.id: one for one in judged(weaker, stronger).repository.verdicts}
    assert [one.location.line for one in results["SA302"].findings] == [6]
    assert [one.location.line for one in results["SA302"].evidence] == [6]
    assert [one.location.line for one in results["SA301"].findings] == [5]


def test_what_costs_nothing_takes_no_place() -> None:
    unsure = toy("SA301", observed=[replace(finding(5), confidence=Confidence.LOW)])
    results = {one.check.id: one for one in judged(unsure, toy("SA302", observed=[finding(5)])).repository.verdicts}
    assert [one.location.line for one in results["SA302"].findings] == [5]


@pytest.mark.parametrize(
    ("others", "outcome", "reason"),
    [
        ((), Outcome.UNKNOWN, "production code is in rust, which is not analysed"),
        ((source("b.py", lines=400),), Outcome.NOT_APPLICABLE, "there are no tools"),
        (
            (source("b.py", lines=10),),
            Outcome.UNKNOWN,
            "91% of production code is in rust, which is not analysed, and the rest registers no tool",
        ),
    ],
)
def test_code_in_languages_that_a_check_does_not_read_leaves_it_unanswered(
    others: tuple[SourceFile, ...], outcome: Outcome, reason: str
) -> None:
    check = toy(observed=[NotApplicable("there are no tools")])
    answer = verdict(check, replace(facts(source("src/main.rs", Language.RUST), *others), tools=()))
    assert (answer.outcome, answer.reason) == (outcome, reason)


def test_code_that_is_not_read_beside_the_tools_is_none_of_the_server() -> None:
    check = toy(observed=[NotApplicable("it sends no request")])
    given = facts(source("src/main.rs", Language.RUST), source("b.py"))
    assert verdict(check, replace(given, tools=(TOOL,))).outcome is Outcome.NOT_APPLICABLE


def test_a_summary_goes_with_the_last_miss_that_a_stronger_check_took() -> None:
    stronger = toy("SA301", observed=[finding(5), finding(6)])
    observed: list[Observation] = [evidence(5, met=False), evidence(6, met=False), evidence(7), finding(1)]
    results = judged(toy("SA202", observed=observed, kind=Kind.RATIO), stronger).repository.verdicts
    assert results[0].outcome is Outcome.MET
    assert (results[0].met, results[0].opportunities) == (1, 1)


def test_each_package_is_judged_by_what_is_in_it() -> None:
    given = facts(source("a/s.py", package="a"), source("b/s.py", package="b"), packages=[package("a"), package("b")])
    check = toy(observed=[finding(1, package="a"), State("half wired", "b"), finding(2, Severity.LOW, package="root")])
    a, b = (one.verdicts[0] for one in judged(check, given=given).packages)
    assert ([one.location.line for one in a.findings], a.state) == ([1, 2], "")
    assert ([one.location.line for one in b.findings], b.state) == ([2], "half wired")


def test_a_question_that_arises_elsewhere_only_does_not_apply() -> None:
    given = facts(source("a/s.py", package="a"), source("b/s.py", package="b"), packages=[package("a"), package("b")])
    a, b = judged(toy(observed=[evidence(package="a")]), given=given).packages
    assert [one.verdicts[0].outcome for one in (a, b)] == [Outcome.MET, Outcome.NOT_APPLICABLE]


def test_code_that_belongs_to_no_package_is_judged_too() -> None:
    given = facts(source("a/s.py", package="a"), source("s.py"), packages=[package("a")])
    assert [one.path for one in judged(given=given).packages] == ["", "a"]


@pytest.mark.parametrize(
    ("calls", "records", "silent"),
    [
        ((), (), True),
        ((call(),), (), False),
        ((call(Sink.CLIENT),), (), True),
        ((), (Record(HERE, "middleware", on_error_only=False),), False),
    ],
)
def test_silent_is_a_server_whose_operator_sees_nothing(
    calls: tuple[LogCall, ...], records: tuple[Record, ...], *, silent: bool
) -> None:
    given = Facts(inventory(), tools=(replace(TOOL, records=records),), log_calls=calls)
    assert judged(given=given).packages[0].silent is silent


def test_tools_whose_code_was_not_found_are_not_called_silent() -> None:
    given = Facts(inventory(), tools=(replace(TOOL, resolved=False),))
    assert not judged(given=given).packages[0].silent


def test_stdio_only_needs_stdio_and_no_authentication() -> None:
    stdio = Transport("stdio", HERE, Surface.PRODUCTION, "")
    given = Facts(inventory(), transports=(stdio,))
    assert judged(given=given).packages[0].stdio_only
    assert not judged(given=replace(given, auth=(AuthCode(HERE, "bearer", ""),))).packages[0].stdio_only
    assert not judged(given=replace(given, transports=(stdio, replace(stdio, kind="http")))).packages[0].stdio_only
    assert not judged(given=Facts(inventory())).packages[0].stdio_only


def test_what_belongs_to_no_package_that_ships_concerns_each_in_the_order_observed() -> None:
    given = facts(
        source("a/x.py", package="a"), source("b/x.py", package="b"), packages=[package("a", "a"), package("b", "b")]
    )
    states = [State("first"), State("in a", "a"), State("elsewhere", "tools"), State("in b", "b"), State("last")]
    evaluation = judged(toy(observed=states), given=given)
    said = {one.path: one.verdicts[0].state for one in (evaluation.repository, *evaluation.packages)}
    assert said == {
        None: "first; in a; elsewhere; in b; last",
        "a": "first; in a; elsewhere; last",
        "b": "first; elsewhere; in b; last",
    }

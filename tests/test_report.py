import judged
import pytest
from judged import KEY, evidence, finding, toy
from msgspec.structs import replace
from test_clean import SECRETS

from skillaudit.check import Evidence, Finding, State, Unknown
from skillaudit.facts import Facts, Step, Tool
from skillaudit.formats import Format
from skillaudit.model import Confidence, Gap, Language, Location, Severity, Subject, Surface
from skillaudit.render import renderer
from skillaudit.report import PackageResult, Report, ToolInfo, build_report, title_of
from skillaudit.rubric import Kind

HERE = Location("server.py", 1)


def fingerprints(*found: Finding, source_line: str = "log.info(token)") -> list[str]:
    report = judged.report(toy(observed=found), source_line=source_line)
    return [one.fingerprint for one in report.findings]


def test_a_fingerprint_survives_moved_lines_and_changed_blanks() -> None:
    assert fingerprints(finding(1)) == fingerprints(finding(90))
    assert fingerprints(finding(1)) == fingerprints(finding(1), source_line="  log.info(token)   ")
    assert fingerprints(finding(1)) != fingerprints(finding(1), source_line="log.info(tokens)")
    assert fingerprints(finding(1)) != fingerprints(finding(1, path="other.py"))


def test_equal_lines_have_different_fingerprints() -> None:
    both = fingerprints(finding(1), finding(2))
    assert len(set(both)) == 2
    assert both[0] == fingerprints(finding(1))[0]


def test_findings_come_by_surface_then_severity_then_place() -> None:
    found = [finding(1, surface=Surface.TEST), finding(3, Severity.LOW), finding(2), finding(1, Severity.LOW)]
    report = judged.report(toy(observed=found))
    assert [one.finding.location.line for one in report.findings] == [2, 1, 3, 1]
    assert not report.findings[-1].finding.surface.counts


def test_an_unsupported_language_is_named_as_a_gap() -> None:
    given = judged.facts(judged.source(), judged.source("main.rs", Language.RUST, 7))
    gaps = judged.report(given=given).gaps
    assert any(gap.reason == "rust: 7 production lines are not analysed" for gap in gaps)


@pytest.mark.parametrize(("gap", "partial"), [(Gap("x", "a.py", "crash", 1), True), (Gap("x", "b", "c"), False)])
def test_partial_means_that_production_code_was_not_seen(gap: Gap, *, partial: bool) -> None:
    assert judged.report(given=replace(judged.facts(), gaps=(gap,))).partial is partial


def everywhere(text: str) -> Report:
    """A report in which the repository says ``text`` wherever it has a say."""
    place = Location(f"src/{text}.py", 1)
    step = Step(place, text)
    found = Finding(
        Severity.HIGH, Confidence.HIGH, Surface.PRODUCTION, text, place, text, text, text, text, (step,), (step,)
    )
    tool = Tool(text, place, Surface.PRODUCTION, text, place, (), text, text)
    file = judged.source(f"src/{text}.py", package=text)
    given = Facts(
        judged.inventory(file, packages=[judged.package(text, text)]), tools=(tool,), gaps=(Gap(text, text, text, 1),)
    )
    good = Evidence(place, met=True, what=text, package=text)
    evaluation = judged.judged(
        toy("SA301", observed=[found, good, State(text)]), toy("SA302", observed=[Unknown(text)]), given=given
    )
    return build_report(
        tool=ToolInfo("0.1.0", "sha256:00", 1),
        subject=Subject(text, "", "2026-11-21", text),
        facts=given,
        evaluation=evaluation,
        excerpts={},
        key=KEY,
    )


_WORDLESS = {Format.BADGE, Format.BADGE_JSON}
"""Formats that quote nothing."""


@pytest.mark.parametrize("form", list(Format))
@pytest.mark.parametrize("kind", SECRETS)
def test_no_output_shows_a_secret_in_any_field(form: Format, kind: str) -> None:
    secret = SECRETS[kind]
    text = renderer(form)(everywhere(secret))
    assert form in _WORDLESS or "characters, " in text or "characters%2C" in text
    pieces = [secret[n : n + 8] for n in range(len(secret) - 8)]
    assert not [piece for piece in pieces if piece in text and "-----" not in piece]


@pytest.mark.parametrize("form", list(Format))
def test_no_output_passes_control_characters_on(form: Format) -> None:
    text = renderer(form)(everywhere("a\x1b[2J\x07\u202e\u200b\x9bb\r"))
    assert all(c.isprintable() or c == "\n" for c in text)
    assert not any(escape in text for escape in ("\\u001b", '\\u202e"', "\\u0007"))


def test_an_evidence_only_check_still_shows_its_finding() -> None:
    check = toy("SA105", observed=[evidence(3, met=False)], severity=Severity.MEDIUM, kind=Kind.RATIO)
    assert [str(one.finding.location) for one in judged.report(check).findings] == ["server.py:3"]


def test_code_that_is_not_read_is_named_for_each_kind_and_package() -> None:
    files = [
        replace(judged.source(path), surface=surface)
        for path, surface in (
            ("src/gen/a.py", Surface.GENERATED),
            ("src/gen/b/c.py", Surface.GENERATED),
            ("vendor/x/y.go", Surface.VENDORED),
            ("server.py", Surface.PRODUCTION),
        )
    ]
    gaps = judged.report(toy(observed=[evidence()]), given=judged.facts(*files)).gaps
    assert [(gap.path, gap.reason, gap.lines) for gap in gaps if gap.kind == "not-own-code"] == [
        ("src/gen", "generated: 2 files, 200 lines, not analysed", 0),
        ("vendor/x/y.go", "vendored: 1 file, 100 lines, not analysed", 0),
    ]


def test_tools_that_are_made_at_run_time_are_no_tool() -> None:
    place = Location("server.py", 3)
    tool = Tool("add", place, Surface.PRODUCTION, "", place, (), "decorator")
    made = replace(tool, name="?", style="generated at run time")
    report = judged.report(toy(observed=[evidence()]), given=replace(judged.facts(), tools=(tool, made)))
    assert report.inventory.tools == (tool,)
    assert [(gap.kind, gap.path) for gap in report.gaps if gap.path] == [("tools", "server.py")]


@pytest.mark.parametrize(
    ("source", "packages", "title"),
    [
        (".", (("", "weather"),), "weather"),
        ("./", (("server", "weather"),), "the current folder"),
        (".", (), "the current folder"),
        ("../other", (("", "weather"),), "../other"),
        ("owner/name", (("", "weather"),), "owner/name"),
    ],
)
def test_the_current_folder_has_a_name(source: str, packages: tuple[tuple[str, str], ...], title: str) -> None:
    card = judged.report().card
    held = [PackageResult(path, name, card) for path, name in packages]
    assert title_of(Subject(source, "", "2026-01-01"), held) == title

"""The test subjects, audited whole: what ``servers/README.md`` promises of each is what the report says."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from audits import SERVERS, audit_folder, audit_tree, found, grades, outcomes, server, verdict_of

from skillaudit.grade import letters
from skillaudit.model import Severity
from skillaudit.report import Report

MET, NOT_MET, NOT_APPLICABLE, UNKNOWN = "met", "not_met", "not_applicable", "unknown"
CHECKS = ("SA101", "SA105", "SA201", "SA202", "SA204", "SA301", "SA302", "SA303", "SA401", "SA801", "SA808")
MEANING = {"+": {MET}, "-": {NOT_MET}, "n": {NOT_APPLICABLE}, "?": {UNKNOWN}}
MEANING |= {"~": {NOT_MET, NOT_APPLICABLE, UNKNOWN}, "*": {MET, UNKNOWN}, "=": {MET, NOT_MET}}
TABLE = {
    "reference-python": "+ + + + + + + + + + +",
    "reference-typescript": "+ + + + + + + + + + +",
    "reference-go": "+ + + + + + + + + - +",
    "article": "+ + + + n + + + + + +",
    "silent-python": "- - ~ n n n n n - + +",
    "silent-typescript": "- - ~ n + n n n - + +",
    "leaky-python": "- + - + n - - - - + +",
    "leaky-typescript": "+ + + = n - - - - + +",
    "rust-only": "? ? ? ? ? ? ? ? ? * *",
}
COVERAGE = {
    "reference-python": (6, 6),
    "reference-typescript": (6, 6),
    "reference-go": (6, 6),
    "article": (4, 4),
    "silent-python": (0, 4),
    "silent-typescript": (0, 4),
    "leaky-python": (3, 3),
    "leaky-typescript": (3, 3),
}
SECURITY = {
    "reference-python": (90, 100),
    "reference-typescript": (90, 100),
    "reference-go": (90, 100),
    "article": (90, 100),
    "silent-python": (70, 76),
    "silent-typescript": (85, 85),
    "leaky-python": (0, 59),
    "leaky-typescript": (0, 59),
}
LEAKY = ("leaky-python", "leaky-typescript")
LEAKS = ("SA301", "SA302", "SA303")
MARK = re.compile(r"(?:#|//) (?:expect: (SA\d+)|(ok))$")


def marks(files: Mapping[str, str]) -> Iterator[tuple[str, str, int, str]]:
    """Each mark as check or ``ok``, path, line and the line's text."""
    for path, text in files.items():
        for number, line in enumerate(text.split("\n"), 1):
            if path.endswith((".py", ".ts")) and (mark := MARK.search(line)):
                yield mark[1] or mark[2], path, number, line


def places(report: Report, *checks: str) -> Counter[tuple[str, str, int]]:
    return Counter((one.check.id, *place(one.finding.location)) for one in found(report, *checks))


def place(location: object) -> tuple[str, int]:
    path, _, line = str(location).rpartition(":")
    return path, int(line)


def test_the_table_covers_every_server_and_check() -> None:
    assert set(TABLE) == {folder.name for folder in SERVERS.iterdir() if folder.is_dir()}
    assert set(CHECKS) <= set(outcomes(audit_folder(SERVERS / "article")))


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize("check", CHECKS)
def test_outcome(name: str, check: str) -> None:
    wanted = MEANING[TABLE[name].split()[CHECKS.index(check)]]
    verdict = verdict_of(audit_folder(SERVERS / name), check)
    assert verdict.outcome.value in wanted, [verdict.reason, verdict.state, *verdict.findings]


@pytest.mark.parametrize("name", COVERAGE)
def test_every_tool_is_known_and_its_records_are_counted(name: str) -> None:
    report = audit_folder(SERVERS / name)
    verdict = verdict_of(report, "SA105")
    assert (verdict.met, verdict.opportunities) == COVERAGE[name]
    assert len(report.inventory.tools) == COVERAGE[name][1]


@pytest.mark.parametrize("name", SECURITY)
def test_security_score(name: str) -> None:
    score = grades(audit_folder(SERVERS / name))["security"].score
    assert score is not None
    least, most = SECURITY[name]
    assert least <= score <= most


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("reference-python", "A"),
        ("reference-typescript", "A"),
        ("reference-go", "A"),
        ("silent-python", "F"),
        ("silent-typescript", "F"),
    ],
)
def test_observability(name: str, letter: str) -> None:
    grade = grades(audit_folder(SERVERS / name))["observability"]
    assert grade.letter == letter
    assert letter == "A" or grade.score == 0


@pytest.mark.parametrize(
    ("name", "destination"),
    [("reference-python", "cloudwatch"), ("reference-typescript", "loki"), ("article", "cloudwatch")],
)
def test_the_sink_of_a_complete_server_is_named(name: str, destination: str) -> None:
    sinks = audit_folder(SERVERS / name).inventory.sinks
    assert any(sink.wired and destination in sink.destination.lower() for sink in sinks), sinks


@pytest.mark.parametrize("name", ["silent-python", "silent-typescript", *LEAKY])
def test_a_missing_sink_is_medium_where_others_reach_the_server(name: str) -> None:
    report = audit_folder(SERVERS / name)
    expected = Severity.LOW if set(report.inventory.transports) == {"stdio"} else Severity.MEDIUM
    assert [finding.severity for finding in verdict_of(report, "SA401").findings] == [expected]


@pytest.mark.parametrize("name", ["silent-python", "silent-typescript"])
def test_no_record_at_all_is_medium(name: str) -> None:
    report = audit_folder(SERVERS / name)
    assert [finding.severity for finding in verdict_of(report, "SA101").findings] == [Severity.MEDIUM]
    assert report.inventory.log_calls == 0


def test_json_softens_a_value_in_the_message() -> None:
    findings = verdict_of(audit_folder(SERVERS / "leaky-typescript"), "SA202").findings
    assert {finding.severity for finding in findings} <= {Severity.LOW}


def test_an_unread_language_is_not_graded() -> None:
    report = audit_folder(SERVERS / "rust-only")
    assert {grade.letter for grade in grades(report).values()} == {None}
    assert any(gap.kind == "language" and "rust" in gap.reason for gap in report.gaps)


@pytest.mark.parametrize("name", LEAKY)
def test_every_leak_is_found_on_its_line_and_nothing_else(name: str) -> None:
    expected = Counter((check, path, line) for check, path, line, _ in marks(server(name)) if check != "ok")
    assert sum(expected.values()) == {"leaky-python": 8, "leaky-typescript": 11}[name]
    actual = places(audit_folder(SERVERS / name), *LEAKS)
    assert (expected - actual, actual - expected) == (Counter(), Counter())


@pytest.mark.parametrize("name", LEAKY)
def test_no_look_alike_is_reported(name: str) -> None:
    innocent = {(path, line) for mark, path, line, _ in marks(server(name)) if mark == "ok"}
    assert len(innocent) == 13
    reported = [one for one in audit_folder(SERVERS / name).findings if one.check.id.startswith("SA3")]
    assert [one.finding for one in reported if place(one.finding.location) in innocent] == []


@pytest.mark.parametrize("name", LEAKY)
def test_a_leak_below_the_default_level_is_one_step_lower(name: str) -> None:
    texts = {(path, line): text for _, path, line, text in marks(server(name))}
    findings = [one.finding for one in found(audit_folder(SERVERS / name), "SA301", "SA302")]
    assert findings
    for finding in findings:
        quiet = re.search(r"\.(debug|trace)\(", texts.get(place(finding.location), ""))
        assert finding.severity is (Severity.MEDIUM if quiet else Severity.HIGH), finding


@pytest.mark.parametrize(
    ("name", "caller", "inner"),
    [
        ("leaky-python", "src/tickets_mcp/auth.py", "src/tickets_mcp/logs.py"),
        ("leaky-typescript", "src/auth.ts", "src/telemetry/sink.ts"),
    ],
)
def test_a_flow_through_two_project_functions_shows_both_ends(name: str, caller: str, inner: str) -> None:
    findings = [one.finding for one in found(audit_folder(SERVERS / name), "SA302")]
    wrapped = [one for one in findings if inner in {step.location.path for step in (*one.related, *one.trace)}]
    assert [one.location.path for one in wrapped] == [caller]
    assert wrapped[0].trace[0].location.path == caller


@pytest.mark.parametrize("name", LEAKY)
def test_two_leaks_of_different_source_and_sink_are_no_better_than_59(name: str) -> None:
    ceilings = audit_folder(SERVERS / name).card.ceilings
    assert Decimal(59) in {one.at_most for one in ceilings if one.grade == "security"}


RENAMED = {
    "a header's token": ("leaky-python", "auth.py", {"token": "item", "header": "part"}),
    "a function that sounds harmless": ("leaky-python", ".py", {"safe_header": "shaped", "authorization": "value"}),
    "an answer's token": ("leaky-python", "desk.py", {"issued": "piece", "access_token(client": "obtain(client"}),
    "a class's environment": ("leaky-python", "desk.py", {"client_secret": "second", "client_id": "first"}),
    "an Express header": ("leaky-typescript", "auth.ts", {"token": "item"}),
    "another function": ("leaky-typescript", ".ts", {"formatBearer": "shaped", "header": "piece"}),
    "a destructured answer": ("leaky-typescript", "crm.ts", {"issued": "piece"}),
    "a private attribute": ("leaky-typescript", "crm.ts", {"refreshToken": "held"}),
}
"""New names that say nothing. What is written in a string of a header, a variable or a field stays as it is."""


def leaks(report: Report) -> Counter[tuple[str, Severity]]:
    return Counter((one.check.id, one.finding.severity) for one in found(report, *LEAKS))


def renamed(text: str, names: Mapping[str, str]) -> str:
    for old, new in names.items():
        text = re.sub(rf"""(?<!["'\w]){re.escape(old)}\b(?!["'])""", new, text)
    return text


@pytest.mark.parametrize("case", RENAMED)
def test_names_that_say_nothing_change_nothing(case: str) -> None:
    name, suffix, names = RENAMED[case]
    before = server(name)
    after = {
        path: renamed(text, names) if path.startswith("src") and path.endswith(suffix) else text
        for path, text in before.items()
    }
    assert after != before
    expected, actual = (places(report, *LEAKS) for report in (audit_folder(SERVERS / name), audit_tree(after)))
    assert (expected - actual, actual - expected) == (Counter(), Counter())


SPLIT = {
    "a header is read elsewhere": (
        "leaky-python",
        [
            ("auth.py", 'header = request.headers.get("authorization")', "header = presented(request)"),
            ("auth.py", "import fingerprint, masked", "import fingerprint, masked, presented"),
        ],
        ("redact.py", 'def presented(request):\n    return request.headers.get("authorization")\n'),
    ),
    "a record is written elsewhere": (
        "leaky-python",
        [
            (
                "auth.py",
                'note("token accepted", path=request.url.path, token=token)',
                "remember(request.url.path, token)",
            ),
            ("auth.py", "import alarm, note", "import alarm, remember"),
        ],
        ("audit.py", 'def remember(place, item):\n    note("accepted", path=place, item=item)\n'),
    ),
    "a variable is read elsewhere": (
        "leaky-python",
        [
            ("desk.py", 'os.environ["DESK_WEBHOOK_API_KEY"]', 'setting("DESK_WEBHOOK_API_KEY")'),
            ("desk.py", "import safe_header", "import safe_header, setting"),
        ],
        ("redact.py", "import os\n\n\ndef setting(name):\n    return os.environ[name]\n"),
    ),
    "an Express header is read elsewhere": (
        "leaky-typescript",
        [
            ("auth.ts", "(req.headers.authorization ?? '').split", "presented(req).split"),
            ("auth.ts", "import { fingerprint, mask }", "import { fingerprint, mask, presented }"),
        ],
        ("secrets.ts", "export const presented = (req: Request): string => req.headers.authorization ?? '';\n"),
    ),
    "a pino record is written elsewhere": (
        "leaky-typescript",
        [
            ("auth.ts", "audit('session opened', { ip: req.ip, token })", "opened(req.ip, token)"),
            ("auth.ts", "import { audit, createLogger", "import { opened, createLogger"),
        ],
        ("telemetry/index.ts", "export const opened = (ip: string, item: string) => audit('opened', { ip, item });\n"),
    ),
    "a Node variable is read elsewhere": (
        "leaky-typescript",
        [
            (
                "crm.ts",
                "'client secret is ' + process.env.CRM_CLIENT_SECRET",
                "'it is ' + setting('CRM_CLIENT_SECRET')",
            ),
            ("crm.ts", "import { formatBearer }", "import { formatBearer, setting }"),
        ],
        ("secrets.ts", "export const setting = (name: string): string => process.env[name] ?? '';\n"),
    ),
}
"""One flow of a server, led through one more function: what to write instead in which file, and the new function."""


@pytest.mark.parametrize("case", SPLIT)
def test_one_more_function_changes_nothing(case: str) -> None:
    name, edits, (where, function) = SPLIT[case]
    files = server(name)
    for suffix, old, new in (*edits, (where, "", "")):
        (path,) = [path for path in files if path.startswith("src") and path.endswith(f"/{suffix}")]
        assert old in files[path]
        files[path] = files[path].replace(old, new) + ("" if new else f"\n\n{function}")
    report, original = audit_tree(files), audit_folder(SERVERS / name)
    assert leaks(report) == leaks(original)
    assert outcomes(report) == outcomes(original)


def test_the_readme_s_first_audit() -> None:
    report = audit_folder(Path(__file__).parents[1] / "examples" / "weather-server")
    said = outcomes(report)
    assert {said[check] for check in ("SA101", "SA105", "SA201", "SA302", "SA401", "SA801")} == {NOT_MET}
    assert said["SA808"] == MET
    assert (verdict_of(report, "SA105").met, verdict_of(report, "SA105").opportunities) == (1, 2)
    assert [severity for check, severity in leaks(report) if check == "SA302"] == [Severity.MEDIUM]
    assert [one.finding.severity for one in found(report, "SA401")] == [Severity.MEDIUM]
    assert NOT_MET in {said["SA202"], said["SA303"]}


def ordered(reports: Iterable[Report]) -> list[int]:
    """The letters of Security as numbers, 0 for the best."""
    graded = [grades(report)["security"].letter for report in reports]
    return [letters().index(letter) for letter in graded if letter is not None]


def test_a_complete_server_is_better_than_a_silent_one_and_that_than_a_leaky_one() -> None:
    for language in ("python", "typescript"):
        names = [f"{kind}-{language}" for kind in ("reference", "silent", "leaky")]
        order = ordered(audit_folder(SERVERS / name) for name in names)
        assert order == sorted(set(order))
        assert len(order) == 3

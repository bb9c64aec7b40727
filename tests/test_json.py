import json
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import judged
from judged import evidence, finding, toy
from msgspec.structs import replace

from skillaudit.check import Unknown
from skillaudit.facts import Effect, Encoder, LoggerConfig, LogSink, Step, Tool
from skillaudit.formats import Format
from skillaudit.model import Confidence, Gap, Location, Severity, Surface
from skillaudit.render import renderer
from skillaudit.rubric import Kind


def rendered(*checks: Any, **given: Any) -> dict[str, Any]:
    decoded: dict[str, Any] = json.loads(renderer(Format.JSON)(judged.report(*checks, **given)))
    return decoded


def leaky() -> dict[str, Any]:
    return rendered(
        toy("SA301", observed=[finding(9, surface=Surface.TEST)]),
        toy("SA302", observed=[finding(1), finding(2), finding(3, confidence=Confidence.LOW)]),
        toy(
            "SA105",
            observed=[evidence(1), evidence(2), evidence(3, met=False)],
            severity=Severity.MEDIUM,
            kind=Kind.RATIO,
            group="controls",
        ),
        toy("SA101", observed=[evidence(1, met=False)], severity=Severity.MEDIUM, kind=Kind.STATE, group="controls"),
    )


def added_up(report: dict[str, Any], axis: str) -> float:
    """The score as a reader adds it up, from nothing but the JSON."""
    points = Decimal(100)
    for check in report["checks"]:
        if check["axis"] == axis and check["group"] != "controls":
            points -= Decimal(str(check["deduction"]))
    for cap in report["caps"]:
        if cap["axis"] == axis:
            points -= Decimal(str(cap["applied"]))
    limits = [Decimal(str(one["at_most"])) for one in report["ceilings"] if one["grade"] == axis]
    return float(max(Decimal(0), min([points, *limits])).quantize(Decimal("0.1"), ROUND_HALF_UP))


def test_score_adds_up_from_the_json_alone() -> None:
    report = leaky()
    for axis in ("security", "maintenance"):
        assert report["grades"][axis]["score"] == added_up(report, axis)
    # 100 - 35 (two leaks) - 4 (a third of SA105) - 12 (SA101) - 0.3 (a LOW elsewhere, a fifth) = 48.7
    assert report["grades"]["security"]["score"] == 48.7
    sums = {cap["group"]: cap["sum"] for cap in report["caps"]}
    assert sums["controls"] == sum(check["deduction"] for check in report["checks"] if check["group"] == "controls")
    assert sums["elsewhere"] == sum(check["elsewhere"] for check in report["checks"])


def test_same_input_gives_the_same_bytes() -> None:
    render = renderer(Format.JSON)
    one, two = (render(judged.report(toy(observed=[finding(2), finding(1)]))) for _ in range(2))
    assert one == two
    assert one == render(judged.report(toy(observed=[finding(1), finding(2)])))


def test_names_of_the_contract() -> None:
    report = leaky()
    assert list(report)[:6] == ["schema_version", "tool", "subject", "grades", "checks", "findings"]
    assert {"caps", "advisories", "gaps", "packages", "inventory"} <= set(report)
    check = report["checks"][0]
    assert {"id", "axis", "severity", "outcome", "met", "opportunities", "deduction", "reason", "state"} <= set(check)
    wanted = {"check", "severity", "confidence", "surface", "package", "path", "line", "end_line", "message"}
    wanted |= {"fingerprint", "level", "gate", "snippet", "fix", "related", "trace"}
    assert wanted <= set(report["findings"][0])


SCHEMA = json.loads((Path(__file__).parents[1] / "docs" / "report.schema.json").read_text(encoding="utf-8"))


def test_reports_fit_the_published_schema() -> None:
    validator = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
    validator.check_schema(SCHEMA)
    here = Location("server.py", 3)
    full = replace(
        judged.facts(),
        tools=(Tool("t", here, Surface.PRODUCTION, "", here, (Effect.RETRIEVAL,), "decorator"),),
        loggers=(LoggerConfig(here, Surface.PRODUCTION, "", "pino", Encoder.JSON, "pino()"),),
        sinks=(LogSink(here, Surface.PRODUCTION, "", "external", "Loki"),),
        gaps=(Gap("not-analysed", "a.py", "crash", 3),),
    )
    traced = finding(1, trace=(Step(here, "source"),), related=(Step(here, "sink"),))
    for report in (leaky(), rendered(), rendered(toy(observed=[traced, Unknown("why")]), given=full)):
        assert [error.message for error in validator.iter_errors(report)] == []


def test_the_schema_refuses_what_it_does_not_name() -> None:
    validator = jsonschema.Draft202012Validator(SCHEMA)
    for part in ("grades", "inventory", "subject"):
        report = leaky()
        report[part]["more"] = 1
        assert not validator.is_valid(report)

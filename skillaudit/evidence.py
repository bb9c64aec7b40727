"""What an audit says on the controls of other catalogues: met, not met or not assessed, with its proof."""

import tomllib
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec

from skillaudit.evaluate import Outcome
from skillaudit.report import CheckResult, Report

_DATA: Final = Path(__file__).with_name("evidence.toml")
_PLACES: Final = 5


class Standing(StrEnum):
    """How a control stands, as far as the repository shows."""

    MET = "met"
    NOT_MET = "not met"
    NOT_ASSESSED = "not assessed"


class Control(msgspec.Struct, frozen=True):
    """One control; ``checks`` are ours that speak to it, ``source`` is where its text stands."""

    framework: str
    id: str
    title: str
    source: str
    checks: tuple[str, ...]


class Proof(msgspec.Struct, frozen=True):
    """A place: good where it is ``met``."""

    path: str
    line: int
    met: bool
    what: str


class Answer(msgspec.Struct, frozen=True):
    """What one check says of a control; ``places`` are a few of each side."""

    check: str
    title: str
    outcome: Outcome
    met: int
    opportunities: int
    reason: str
    places: tuple[Proof, ...]


class Sheet(msgspec.Struct, frozen=True):
    """One control with its answers."""

    control: Control
    standing: Standing
    answers: tuple[Answer, ...]


@cache
def controls() -> tuple[Control, ...]:
    """All controls, in the order of ``evidence.toml``."""
    rows: list[dict[str, Any]] = tomllib.loads(_DATA.read_text(encoding="utf-8"))["control"]
    return tuple(Control(**{**row, "checks": tuple(row["checks"])}) for row in rows)


def sheets(report: Report) -> tuple[Sheet, ...]:
    """Every control with what the report says of it."""
    results = {result.check.id: result for result in report.checks}
    return tuple(_sheet(control, [results[one] for one in control.checks if one in results]) for control in controls())


def document(report: Report) -> dict[str, Any]:
    """The sheets as plain values."""
    subject = report.subject
    return {
        "schema_version": 1,
        "subject": {"source": subject.source, "commit": subject.commit, "as_of": subject.as_of},
        "controls": [
            {
                "framework": one.control.framework,
                "id": one.control.id,
                "title": one.control.title,
                "source": one.control.source,
                "standing": one.standing.value,
                "checks": [
                    {
                        "id": answer.check,
                        "outcome": answer.outcome.value,
                        "met": answer.met,
                        "opportunities": answer.opportunities,
                        "reason": answer.reason,
                        "evidence": [
                            {"path": place.path, "line": place.line, "met": place.met, "what": place.what}
                            for place in answer.places
                        ],
                    }
                    for answer in one.answers
                ],
            }
            for one in sheets(report)
        ],
    }


def _sheet(control: Control, results: Sequence[CheckResult]) -> Sheet:
    outcomes = {result.verdict.outcome for result in results}
    if Outcome.NOT_MET in outcomes:
        standing = Standing.NOT_MET
    elif Outcome.UNKNOWN in outcomes or Outcome.MET not in outcomes:
        standing = Standing.NOT_ASSESSED
    else:
        standing = Standing.MET
    return Sheet(control, standing, tuple(map(_answer, results)))


def _answer(result: CheckResult) -> Answer:
    verdict = result.verdict
    return Answer(
        result.check.id,
        result.check.title,
        verdict.outcome,
        verdict.met,
        verdict.opportunities,
        verdict.reason,
        (*_places(result, met=False), *_places(result, met=True)),
    )


def _places(result: CheckResult, *, met: bool) -> Iterator[Proof]:
    found = [one for one in result.verdict.evidence if one.met is met and one.surface.counts]
    for one in found[:_PLACES]:
        yield Proof(one.location.path, one.location.line, met, one.what)

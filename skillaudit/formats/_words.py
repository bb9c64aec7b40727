"""Words that several formats put together in the same way."""

from collections.abc import Sequence

from skillaudit.report import Report

_RECORDED = "SA105"
_AT_RUN_TIME = "generated at run time"
_MADE = f"tools are {_AT_RUN_TIME}"
_FAILING = "only where something fails"
_RECORDED_WHEN = "recorded when called"
NO_LETTER = (
    "No letter: no tool of a server was recognised, or too little of what the grade asks could be decided; what was "
    "not assessed says why."
)


def series(names: Sequence[str]) -> str:
    """Names as a sentence lists them."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def tools(report: Report) -> str:
    """How many tools there are and of how many a call leaves a record: the question that the report answers first."""
    asked = next((one for one in report.checks if one.check.id == _RECORDED), None)
    counted = [one for one in asked.verdict.evidence if one.surface.counts] if asked else []
    named = [one for one in counted if _AT_RUN_TIME not in one.tools]
    met = [one for one in named if one.met]
    failing = sum(_FAILING in one.what for one in met)
    many = len(report.inventory.tools)
    said = (f"{many} tool{'' if many == 1 else 's'}" if many else "no tool recognised") + (
        f" ({len(met)} of {len(named)} {_RECORDED_WHEN}{_only(failing, len(met))})" if named else ""
    )
    if not any(gap.kind == "tools" and gap.reason.startswith(_MADE) for gap in report.gaps):
        return said
    made = [one for one in counted if _AT_RUN_TIME in one.tools]
    left = _RECORDED_WHEN if any(one.met for one in made) else "whether their calls leave a record is not known"
    if any(one.met for one in made) and all(_FAILING in one.what for one in made if one.met):
        left = "recorded only when they fail"
    others = f"tools {_AT_RUN_TIME}, their number not known ({left})"
    return f"{said}, and {others}" if many else others


def _only(failing: int, recorded: int) -> str:
    """What keeps the number of recorded tools from being read as more than it is."""
    if not failing:
        return ""
    return ", only when they fail" if failing == recorded else f", {failing} of these only when they fail"


def earned_in(report: Report, grade: str) -> str:
    """Which of several packages decides an axis or observability, in brackets; empty where there is one only."""
    card = report.card
    grades = {"security": card.security, "observability": card.observability, "maintenance": card.maintenance}
    return f" ({grades[grade].package or 'the root package'})" if len(report.packages) > 1 else ""

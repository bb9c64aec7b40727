"""The evidence sheet as Markdown, for an auditor's file; what comes from the repository stands in code spans."""

from collections.abc import Iterator

from skillaudit.evaluate import Outcome
from skillaudit.evidence import Answer, Proof, Sheet, sheets
from skillaudit.report import Report, title_of
from skillaudit.summary import code_span

_PREFACE = """
What the repository alone shows. *Met* means that every check that applies is met; *not met* that one is not; *not
assessed* that none applies or that one could not be decided. Operation, access rights in production and retention in
practice are outside.
"""


def render(report: Report) -> str:
    """Render the sheet."""
    return "".join(_blocks(report))


def _blocks(report: Report) -> Iterator[str]:
    subject, found = report.subject, sheets(report)
    yield "# Evidence of audit and monitoring controls\n\n"
    commit = f" at {code_span(subject.commit)}" if subject.commit else ""
    title = code_span(title_of(subject, report.packages))
    yield f"{title}{commit}, as of {subject.as_of}; skillaudit {report.tool.version}, "
    yield f"rubric {report.tool.rubric}\n{_PREFACE}\n"
    yield "| control | | standing |\n| --- | --- | --- |\n"
    for one in found:
        yield f"| {one.control.framework} {one.control.id} | {one.control.title} | **{one.standing}** |\n"
    for one in found:
        yield from _control(one)


def _control(sheet: Sheet) -> Iterator[str]:
    control = sheet.control
    yield f"\n## {control.framework} {control.id}: {sheet.standing}\n\n{control.title} ([source]({control.source}))\n\n"
    for answer in sheet.answers:
        yield f"- **{answer.check}** {answer.title}: {answer.outcome.replace('_', ' ')}{_share(answer)}\n"
        yield from (f"  - {_proof(place)}\n" for place in answer.places)


def _share(answer: Answer) -> str:
    if answer.outcome in {Outcome.UNKNOWN, Outcome.NOT_APPLICABLE}:
        return f", {code_span(answer.reason)}" if answer.reason else ""
    return f", {answer.met} of {answer.opportunities} places" if answer.opportunities else ""


def _proof(place: Proof) -> str:
    where = f"{place.path}:{place.line}" if place.line else place.path or "."
    return f"{'met' if place.met else 'not met'} {code_span(where)} {code_span(place.what)}"

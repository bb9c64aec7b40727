"""The GitHub Action's steps: audit a checkout and show the result, or comment what another workflow found."""

import base64
import gzip
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from skillaudit.change import violates
from skillaudit.clean import clean
from skillaudit.comment import pull_request_of, write_comment
from skillaudit.demands import Demand, Trust
from skillaudit.errors import ExitCode, RefusedError
from skillaudit.formats import Format
from skillaudit.github import GitHubError, Runner, annotation, quoted, runner_of
from skillaudit.grade import letters
from skillaudit.model import Severity
from skillaudit.pipeline import Options, audit
from skillaudit.published import MAX_BYTES, read_published
from skillaudit.render import renderer
from skillaudit.report import Report, ReportedFinding, Status
from skillaudit.source import Source
from skillaudit.summary import summarise
from skillaudit.terminal import scratch

T = TypeVar("T")

_LEVELS: Final = {Severity.HIGH: "error", Severity.MEDIUM: "warning", Severity.LOW: "notice", Severity.INFO: "notice"}
_PER_LEVEL: Final = 10
"""Annotations of a level that GitHub shows of one step."""
_TRUE, _FALSE = "true", "false"
_PULL_REQUEST = "pull_request"
_FILES: Final = {Format.JSON: "report.json", Format.SARIF: "report.sarif", Format.MARKDOWN: "report.md"}
"""What is always written."""
_OTHERS: Final = {
    Format.HTML: "report.html", Format.BADGE: "badge.svg", Format.BADGE_JSON: "badge.json",
    Format.EVIDENCE: "evidence.md", Format.EVIDENCE_JSON: "evidence.json", Format.CYCLONEDX: "bom.cdx.json",
}  # fmt: skip
"""What is written where it is asked for."""


class Inputs(msgspec.Struct, frozen=True):
    """The Action's inputs, checked.

    ``base`` is a ref, empty for none; ``formats`` are written besides JSON, SARIF and Markdown.
    """

    path: str
    working_directory: str
    base: str
    fail_on: tuple[Demand, ...]
    fail_under: str
    formats: tuple[Format, ...]
    upload_sarif: bool
    comment: bool


def inputs_of(environment: Mapping[str, str], event_name: str) -> Inputs:
    """The inputs from the ``INPUT_…`` variables that ``action.yml`` sets.

    Raises:
        RefusedError: one has a value that it cannot have.
    """

    def value(name: str, default: str = "") -> str:
        return environment.get(f"INPUT_{name}", "").strip() or default

    base = value("BASE", "auto")
    if base == "auto":
        # The merge commit that GitHub makes of a pull request; its first parent is the base branch.
        base = "HEAD^1" if event_name == _PULL_REQUEST else ""
    return Inputs(
        path=value("PATH", "."),
        working_directory="" if value("WORKING_DIRECTORY", ".") == "." else value("WORKING_DIRECTORY"),
        base="" if base == "none" else base,
        fail_on=tuple(_each(value("FAIL_ON"), "fail-on", Demand)),
        fail_under=_one_of(value("FAIL_UNDER").upper(), "fail-under", ("", *letters()[:-1])),
        formats=tuple(_each(value("FORMAT"), "format", Format)),
        upload_sarif=_one_of(value("UPLOAD_SARIF", _TRUE), "upload-sarif", (_TRUE, _FALSE)) == _TRUE,
        comment=_one_of(value("COMMENT", _FALSE), "comment", (_TRUE, _FALSE)) == _TRUE,
    )


def run_action_audit(say: Callable[[str], None]) -> ExitCode:
    """Audit what is checked out, and leave outputs, summary, annotations, the SARIF upload and the comment.

    Args:
        say: writes a line to the step's log.

    Raises:
        SkillauditError: an input is refused, or nothing could be audited.
    """
    runner = runner_of(os.environ)
    inputs = inputs_of(os.environ, runner.event_name)
    source = Source(str(_checkout(runner, inputs)), subdir=inputs.working_directory)
    base = Source(source.address, inputs.base, source.subdir) if inputs.base else None
    # With a base its words count; without one nobody vouches for what a pull request says of itself.
    trust = Trust.NONE if runner.event_name.startswith(_PULL_REQUEST) and base is None else Trust.OWNER
    with scratch():
        options = Options(datetime.now(UTC).date().isoformat(), trust=trust)
        own: list[str] = []
        report = audit(
            source, options, warn=lambda text: own.append(annotation("notice", "skillaudit", text)), base=base
        )
    folder = _results(runner, inputs)
    written = {form: folder / name for form, name in _files(inputs).items()}
    for form, path in written.items():
        path.write_text(renderer(form)(report), encoding="utf-8")
    say(quoted(renderer(Format.CONSOLE)(report)))
    runner.write_summary(written[Format.MARKDOWN].read_text(encoding="utf-8"))
    runner.write_outputs({**outputs(report, written), "folder": str(folder)})
    if inputs.upload_sarif:
        _upload(runner, written[Format.SARIF], own.append)
    if inputs.comment and runner.event_name == _PULL_REQUEST:
        _comment(runner, written[Format.MARKDOWN].read_text(encoding="utf-8"), inputs, own.append)
    code = _verdict(report, inputs, own.append)
    for line in (*annotations(report, own), *own):
        say(line)
    return code


def run_action_comment(path: str, say: Callable[[str], None]) -> ExitCode:
    """Comment a report that a workflow without rights made, from a workflow that may.

    The report is not believed: it is read as data of a fixed shape, shown as code, and the pull request is the one
    whose head the other workflow ran on, by GitHub's word.

    Raises:
        SkillauditError: the file is no report, or the event is no ``workflow_run``.
    """
    runner = runner_of(os.environ)
    run = runner.event.get("workflow_run")
    if not isinstance(run, dict):
        raise RefusedError("this command runs on the event workflow_run")
    file = Path(path)
    if file.is_symlink() or not file.is_file() or file.stat().st_size > MAX_BYTES:
        raise RefusedError(f"{clean(path)} is no report")
    text = summarise(read_published(file.read_bytes()))
    owner = str(((run.get("head_repository") or {}).get("owner") or {}).get("login", ""))
    branch, sha = str(run.get("head_branch") or ""), str(run.get("head_sha") or "")
    try:
        number = pull_request_of(runner, owner, branch, sha)
        if number is None:
            say(annotation("notice", "skillaudit", "no open pull request has this commit as its head"))
            return ExitCode.DONE
        write_comment(runner, number, text, "repository")
    except GitHubError as error:
        say(annotation("warning", "skillaudit", f"the comment could not be written: {error}"))
    return ExitCode.DONE


def annotations(report: Report, own: Iterable[str] = ()) -> Iterator[str]:
    """At most ten of each level, of the new findings where there is a base; what is left out is counted.

    Args:
        report: the audit.
        own: annotations that the step itself makes; they count.
    """
    taken = Counter(line.partition(" ")[0].strip(":") for line in own)
    room = {level: max(1, _PER_LEVEL - taken[level]) for level in _LEVELS.values()}
    statuses: Sequence[Status] = report.change.statuses if report.change else (Status.NEW,) * len(report.findings)
    shown = [
        one
        for one, status in zip(report.findings, statuses, strict=True)
        if status is Status.NEW and one.finding.graded and one.finding.surface.counts
    ]
    counted: Counter[str] = Counter()
    for one in shown:
        level = _LEVELS[one.finding.severity]
        counted[level] += 1
        if counted[level] < room[level] or _count(shown, level) == room[level] == counted[level]:
            yield _annotated(one, level)
    for level, count in sorted(counted.items()):
        if count > room[level]:
            yield annotation(level, "skillaudit", f"and {count - room[level] + 1} more: see the summary or the report")


def outputs(report: Report, written: Mapping[Format, Path]) -> dict[str, str]:
    """The Action's outputs: words, numbers and paths of our own only."""
    overall = report.card.overall
    counts = Counter(one.finding.severity for one in report.findings if one.finding.graded)
    new = report.change.count(Status.NEW) if report.change else len(report.findings)
    return {
        "grade": overall.letter or "",
        "score": "" if overall.score is None else str(overall.score),
        **{severity.lower(): str(counts[severity]) for severity in (Severity.HIGH, Severity.MEDIUM, Severity.LOW)},
        "findings": str(len(report.findings)),
        "new": str(new),
        **{form.value.replace("badge-json", "badge_json"): str(path) for form, path in written.items()},
    }


def _checkout(runner: Runner, inputs: Inputs) -> Path:
    workspace = runner.workspace.resolve()
    folder = (workspace / inputs.path).resolve()
    if not folder.is_relative_to(workspace):
        raise RefusedError("the input path leads out of the workspace")
    return folder


def _count(shown: Sequence[ReportedFinding], level: str) -> int:
    return sum(_LEVELS[one.finding.severity] == level for one in shown)


def _annotated(one: ReportedFinding, level: str) -> str:
    finding = one.finding
    title = f"{one.check.id} {one.check.title}"
    lines = (finding.location.line, max(finding.location.line, finding.location.end_line))
    return annotation(level, title, finding.message, path=finding.location.path, lines=lines)


def _results(runner: Runner, inputs: Inputs) -> Path:
    """Where the files go: one folder for each server of a monorepo."""
    folder = runner.temp / "skillaudit" / _scope(inputs)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _scope(inputs: Inputs) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "-", f"{inputs.path}-{inputs.working_directory}").strip("-.") or "repository"


def _files(inputs: Inputs) -> dict[Format, str]:
    return {**_FILES, **{form: _OTHERS[form] for form in inputs.formats if form in _OTHERS}}


def _upload(runner: Runner, sarif: Path, say: Callable[[str], None]) -> None:
    """Give the SARIF log to code scanning; where that is not to be had, the summary and the files remain."""
    body = {
        "commit_sha": runner.sha,
        "ref": runner.ref,
        "sarif": base64.b64encode(gzip.compress(sarif.read_bytes())).decode(),
        "tool_name": "skillaudit",
    }
    try:
        runner.request("POST", f"repos/{runner.repository}/code-scanning/sarifs", body)
    except GitHubError as error:
        why = "code scanning is off, or this workflow may not write security events" if error.status else "no answer"
        say(annotation("notice", "skillaudit", f"SARIF was not uploaded ({why}): {error}"))


def _comment(runner: Runner, text: str, inputs: Inputs, say: Callable[[str], None]) -> None:
    number = (runner.event.get("pull_request") or {}).get("number")
    try:
        if isinstance(number, int):
            write_comment(runner, number, text, _scope(inputs))
    except GitHubError as error:
        say(annotation("notice", "skillaudit", f"no comment (a fork's workflow may not write one): {error}"))


def _verdict(report: Report, inputs: Inputs, say: Callable[[str], None]) -> ExitCode:
    """Only what a pull request, or a baseline, can be measured against fails for being new."""
    letter = report.card.overall.letter
    reasons = []
    if inputs.fail_under and (letter is None or letters().index(letter) > letters().index(inputs.fail_under)):
        reasons.append(f"the grade {letter or 'is missing, which'} is below {inputs.fail_under}")
    if report.change is not None:
        reasons += [f"the change brings {demand}" for demand in inputs.fail_on if violates(report, demand)]
    for reason in reasons:
        say(annotation("error", "skillaudit", reason))
    return ExitCode.BELOW_DEMAND if reasons else ExitCode.DONE


def _each(text: str, name: str, kind: Callable[[str], T]) -> Iterator[T]:
    for word in filter(None, re.split(r"[\s,]+", text)):
        try:
            yield kind(word)
        except ValueError as error:
            raise RefusedError(f"the input {name} has no value {clean(word)[:40]!r}") from error


def _one_of(text: str, name: str, allowed: Sequence[str]) -> str:
    if text not in allowed:
        raise RefusedError(f"the input {name} has no value {clean(text)[:40]!r}")
    return text

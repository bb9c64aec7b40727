"""What the commands do; kept apart from ``cli`` so that ``skillaudit --version`` need not load any of it."""

import os
import sys
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from skillaudit.advisories.location import database_path
from skillaudit.baseline import BaselineEntry, InvalidBaselineError, parse_baseline
from skillaudit.change import violates
from skillaudit.check import Check, load_checks
from skillaudit.clean import clean
from skillaudit.collect import CollectOptions
from skillaudit.demands import Demand, Trust
from skillaudit.errors import ExitCode, RefusedError
from skillaudit.explain import explain
from skillaudit.formats import Format
from skillaudit.grade import letters
from skillaudit.lookup import Choice, LookupOptions
from skillaudit.pipeline import Options, audit
from skillaudit.render import Render, renderer
from skillaudit.report import Report
from skillaudit.sarif_profile import problems_in
from skillaudit.source import AcquireOptions, Source
from skillaudit.terminal import progress, scratch, warn, write_file, write_out


@dataclass(frozen=True, slots=True)
class Request:
    """One ``skillaudit audit``, as the user put it; outputs with an empty path go to standard output.

    ``as_of`` is an ISO date or empty for today, ``fail_under`` a letter or empty, ``jobs`` 0 where the machine decides;
    ``base`` is a ref or a folder to compare with, both empty for none, ``baseline`` the path of one or empty.
    """

    source: str = field(repr=False)
    ref: str
    subdir: str
    outputs: tuple[tuple[Format, str], ...]
    as_of: str
    fail_under: str = ""
    base: tuple[str, str] = ("", "")
    baseline: str = ""
    fail_on: tuple[Demand, ...] = ()
    trust: Trust | None = None
    advisories: Choice = Choice.AUTO
    osv_url: str = ""
    strict: bool = False
    offline: bool = False
    use_cache: bool = True
    jobs: int = 0
    allow_private_host: bool = False


def run_audit(request: Request) -> ExitCode:
    """Audit, write every output, and say whether the result is what was demanded.

    Raises:
        SkillauditError: nothing could be audited, or an output cannot be written.
    """
    for _, path in request.outputs:
        if path and not Path(path).absolute().parent.is_dir():
            raise RefusedError(f"cannot write {clean(path)}: its folder does not exist")
    collect = CollectOptions(use_cache=request.use_cache)
    options = Options(
        _date(request.as_of),
        AcquireOptions(request.allow_private_host, offline=request.offline, use_cache=request.use_cache),
        replace(collect, jobs=request.jobs) if request.jobs else collect,
        request.trust,
        read_baseline(Path(request.baseline)) if request.baseline else None,
        LookupOptions(request.advisories, database_path(os.environ), request.offline, request.osv_url),
    )
    with scratch(), progress() as step:
        report = audit(Source(request.source, request.ref, request.subdir), options, step, warn, _base(request))
    for form, path in request.outputs:
        if path:
            write_file(Path(path), renderer(form)(report))
        else:
            write_out(_terminal_renderer(form)(report))
    return _verdict(request, report)


def run_checks() -> ExitCode:
    """List the checks, one a line."""
    write_out("".join(f"{check.id}  {check.severity:<6}  {check.axis:<11}  {check.title}\n" for check in load_checks()))
    return ExitCode.DONE


def run_explain(identifier: str) -> ExitCode:
    """Print the page of one check.

    Raises:
        RefusedError: there is no such check.
    """
    write_out(explain(_check(identifier)))
    return ExitCode.DONE


def run_sarif_check(path: str) -> ExitCode:
    """Say why GitHub code scanning would refuse a SARIF file, one line each.

    Raises:
        RefusedError: the file cannot be read.
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no UTF-8 text"
        raise RefusedError(f"cannot read {clean(path)}: {reason}") from error
    problems = problems_in(text)
    write_out("".join(f"{clean(problem)}\n" for problem in problems) or "GitHub code scanning takes it\n")
    return ExitCode.BELOW_DEMAND if problems else ExitCode.DONE


def _check(identifier: str) -> Check:
    for check in load_checks():
        if check.id == identifier.upper():
            return check
    raise RefusedError(f"there is no check {clean(identifier)[:40]!r}; `skillaudit checks` lists them")


def _date(text: str) -> str:
    try:
        return (date.fromisoformat(text) if text else datetime.now(UTC).date()).isoformat()
    except ValueError as error:
        raise RefusedError(f"--as-of {clean(text)[:40]!r} is no date such as 2026-11-21") from error


def _base(request: Request) -> Source | None:
    """What to compare with: another state of the same repository, or a folder."""
    ref, folder = request.base
    if folder:
        return Source(folder, subdir=request.subdir)
    return Source(request.source, ref, request.subdir) if ref else None


def read_baseline(path: Path) -> tuple[BaselineEntry, ...]:
    """The accepted findings in a file that the caller names.

    Raises:
        RefusedError: it cannot be read, or is no baseline.
    """
    try:
        return parse_baseline(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no UTF-8 text"
        raise RefusedError(f"cannot read {clean(str(path))}: {reason}") from error
    except InvalidBaselineError as error:
        raise RefusedError(f"{clean(str(path))}: {error}") from error


def _verdict(request: Request, report: Report) -> ExitCode:
    """A repository without a letter is below every demand."""
    letter = report.card.overall.letter
    if request.fail_under and (letter is None or letters().index(letter) > letters().index(request.fail_under)):
        return ExitCode.BELOW_DEMAND
    if any(violates(report, demand) for demand in request.fail_on):
        return ExitCode.BELOW_DEMAND
    return ExitCode.PARTIAL if request.strict and report.partial else ExitCode.DONE


def _terminal_renderer(form: Format) -> Render:
    """Colours and line breaks only where a terminal shows them."""
    if form is not Format.CONSOLE or not sys.stdout.isatty():
        return renderer(form)
    from skillaudit.formats import console  # noqa: PLC0415 - rich is loaded for the console only
    from skillaudit.formats._lines import Style  # noqa: PLC0415

    color = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return partial(console.render, style=Style(max(40, os.get_terminal_size(1).columns), color))

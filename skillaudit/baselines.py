"""The commands that write and keep a baseline."""

from datetime import UTC, date, datetime
from pathlib import Path

import msgspec

from skillaudit.baseline import BASELINE_FILE, BaselineEntry, render_baseline
from skillaudit.clean import clean
from skillaudit.commands import read_baseline
from skillaudit.demands import Trust
from skillaudit.errors import ExitCode, RefusedError
from skillaudit.fingerprint import Fingerprint, pair
from skillaudit.pipeline import Options, audit
from skillaudit.report import Report
from skillaudit.source import Source
from skillaudit.terminal import progress, scratch, warn, write_file, write_out


class Acceptance(msgspec.Struct, frozen=True):
    """On what terms findings are accepted: the last day, an ISO date or empty, and why."""

    until: str = ""
    reason: str = ""


def write_baseline(source: str, output: str, acceptance: Acceptance) -> ExitCode:
    """Accept every finding of today.

    Raises:
        SkillauditError: the folder cannot be audited, the date is none, or the file cannot be written.
    """
    if acceptance.until:
        try:
            date.fromisoformat(acceptance.until)
        except ValueError as error:
            raise RefusedError(f"--until {clean(acceptance.until)[:40]!r} is no date such as 2026-11-21") from error
    entries = entries_of(_audited(source), acceptance)
    path = _path(source, output)
    write_file(path, render_baseline(entries))
    write_out(f"{len(entries)} findings accepted in {clean(str(path))}\n")
    return ExitCode.DONE


def update_baseline(source: str, output: str) -> ExitCode:
    """Keep what still occurs, with its new path where it moved; drop the rest.

    Raises:
        SkillauditError: the folder cannot be audited, or the baseline be read or written.
    """
    path = _path(source, output)
    before = read_baseline(path)
    kept = _kept(before, _audited(source))
    write_file(path, render_baseline(kept))
    write_out(f"{len(kept)} kept, {len(before) - len(kept)} dropped in {clean(str(path))}\n")
    return ExitCode.DONE


def check_baseline(source: str, output: str) -> ExitCode:
    """Say what the baseline holds in vain.

    Raises:
        SkillauditError: the folder cannot be audited, or the baseline be read.
    """
    entries = read_baseline(_path(source, output))
    report = _audited(source)
    kept = {entry.fingerprint for entry in _still(entries, report)}
    lines = [f"no longer occurs: {one.check} {clean(one.path)}" for one in entries if one.fingerprint not in kept]
    lines += [
        f"accepted until {one.until} only: {one.check} {clean(one.path)}"
        for one in entries
        if one.until and one.until < report.subject.as_of
    ]
    write_out("".join(f"{line}\n" for line in lines) or f"{len(entries)} accepted findings, all of them still there\n")
    return ExitCode.BELOW_DEMAND if lines else ExitCode.DONE


def _audited(source: str) -> Report:
    """The report with the owner's suppressions and no baseline."""
    options = Options(datetime.now(UTC).date().isoformat(), trust=Trust.OWNER, baseline=())
    with scratch(), progress() as step:
        return audit(Source(source), options, step, warn)


def _path(source: str, output: str) -> Path:
    if output:
        return Path(output)
    if not Path(source).is_dir():
        raise RefusedError("a baseline belongs to a folder: give one, or name the file with --output")
    return Path(source) / BASELINE_FILE


def entries_of(report: Report, acceptance: Acceptance) -> tuple[BaselineEntry, ...]:
    """What a baseline holds that accepts every finding of a report."""
    return tuple(
        BaselineEntry(
            one.check.id,
            one.finding.location.path,
            one.fingerprint,
            one.content,
            acceptance.until,
            acceptance.reason,
        )
        for one in report.findings
    )


def _kept(entries: tuple[BaselineEntry, ...], report: Report) -> tuple[BaselineEntry, ...]:
    """What still occurs, as it is called today."""
    today = entries_of(report, Acceptance())
    partners = pair([_mark(one) for one in entries], [_mark(one) for one in today])
    return tuple(
        BaselineEntry(
            one.check, one.path, one.fingerprint, one.content, entries[partner].until, entries[partner].reason
        )
        for one, partner in zip(today, partners, strict=True)
        if partner is not None
    )


def _still(entries: tuple[BaselineEntry, ...], report: Report) -> tuple[BaselineEntry, ...]:
    partners = pair([_mark(one) for one in entries_of(report, Acceptance())], [_mark(one) for one in entries])
    return tuple(one for one, partner in zip(entries, partners, strict=True) if partner is not None)


def _mark(entry: BaselineEntry) -> Fingerprint:
    return Fingerprint(entry.fingerprint, entry.content)

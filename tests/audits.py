"""Whole audits inside the test process: real acquisition, engines and grading, no cache, nothing printed."""

import atexit
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from histories import record
from linked import lowered

from skillaudit.acquire import acquire
from skillaudit.advisories._build import Supply, build
from skillaudit.check import load_checks
from skillaudit.collect import CollectOptions, collect
from skillaudit.evaluate import Verdict, evaluate
from skillaudit.excerpt import take_excerpts
from skillaudit.facts import Facts
from skillaudit.grade import Grade
from skillaudit.inventory import take_inventory
from skillaudit.link import link
from skillaudit.lookup import Choice, LookupOptions
from skillaudit.model import Subject
from skillaudit.pipeline import Options, audit
from skillaudit.report import Report, ReportedFinding, ToolInfo, build_report
from skillaudit.source import AcquireOptions, Source
from skillaudit.survey import survey

AS_OF = "2026-11-21"
SERVERS = Path(__file__).parent / "servers"
EXAMPLES = Path(__file__).parent / "examples"
ADVISORIES = Path(__file__).parent / "advisories"


_COLLECT = CollectOptions(jobs=1, use_cache=False)


def audit_changing(folder: Path, collect: CollectOptions = _COLLECT) -> Report:
    """The report on a folder as it is now."""
    return audit(Source(str(folder)), Options(AS_OF, collect=collect))


@contextmanager
def _lowering_here() -> Iterator[None]:
    """No process of its own lowers the files: starting one takes longer than everything else about a small tree.

    Nothing for hostile files, which may end the process that parses them.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("skillaudit.collect.lower_files", lowered)
        yield


@cache
def made_up_advisories() -> Path:
    """A local database of the records in ``advisories``, all of them invented; it is as old as ``AS_OF``."""
    folder = Path(tempfile.mkdtemp(prefix="advisories-"))
    atexit.register(shutil.rmtree, folder)
    database = folder / "advisories.sqlite"
    build(database, [_supply(folder, ecosystem) for ecosystem in ("PyPI", "npm", "Go")], lambda _what, _done, _of: None)
    return database


def _supply(folder: Path, ecosystem: str) -> Supply:
    archive = folder / f"{ecosystem}.zip"
    with zipfile.ZipFile(archive, "w") as written:
        for record in sorted(ADVISORIES.glob("*.json")):
            if f'"{ecosystem}"' in record.read_text(encoding="utf-8"):
                written.write(record, record.name)
    return Supply(archive, date.fromisoformat(AS_OF))


def audit_known(folder: Path) -> Report:
    """The report on a folder whose dependencies are looked up among the made-up advisories."""
    lookup = LookupOptions(Choice.LOCAL, made_up_advisories())
    with _apart(folder) as copy, _lowering_here():
        return audit(Source(str(copy)), Options(AS_OF, collect=_COLLECT, lookup=lookup))


@cache
def audit_folder(folder: Path) -> Report:
    """The report on a folder; each is audited once, so a test must not change it."""
    with _apart(folder) as copy, _lowering_here():
        return audit_changing(copy)


def audit_example(folder: Path) -> Report:
    """The same of one of the ``examples``, all parsed at once: starting a parser takes longer than reading one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SKILLAUDIT_CACHE_DIR", str(_parsed_examples()))
        with _apart(folder) as copy, _lowering_here():
            return audit_changing(copy, CollectOptions(jobs=1))


@cache
def _parsed_examples() -> Path:
    """A cache of what the front ends and the rules say of every file of the examples."""
    folder = Path(tempfile.mkdtemp(prefix="parsed-"))
    atexit.register(shutil.rmtree, folder)
    with pytest.MonkeyPatch.context() as patch, _lowering_here(), _apart(EXAMPLES) as copy:
        patch.setenv("SKILLAUDIT_CACHE_DIR", str(folder))
        collect(copy, take_inventory(copy, ()), CollectOptions(jobs=1))
    return folder


def survey_folder(folder: Path) -> Report:
    """The report on a folder whose code is not read: its packages, files and history."""
    with _apart(folder) as copy, acquire(Source(str(copy)), AcquireOptions()) as tree:
        inventory = take_inventory(tree.root, tree.gaps)
        facts = Facts(inventory, upkeep=survey(tree.root, inventory, tree.history, AS_OF, part=tree.part))
        subject = Subject(tree.subject_source, tree.commit, AS_OF)
        excerpts = take_excerpts(tree.root, [sign.location for sign in facts.upkeep.signs], b"")
    tool, evaluation = ToolInfo("0", "", 0), evaluate(facts, load_checks())
    return build_report(tool=tool, subject=subject, facts=facts, evaluation=evaluation, excerpts=excerpts, key=b"")


@contextmanager
def _apart(folder: Path) -> Iterator[Path]:
    """A copy outside our own repository, whose history and CI are not the folder's; ``HISTORY`` is its own."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / folder.name
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("__pycache__"))
        written = copy / "HISTORY"
        if written.exists():
            history = written.read_text(encoding="utf-8")
            written.unlink()
            record(copy, history)
        yield copy


def audit_tree(files: Mapping[str, str]) -> Report:
    """The report on files given as relative path and text; equal trees are audited once."""
    return _audit_files(tuple(sorted(files.items())))


@cache
def _audit_files(files: tuple[tuple[str, str], ...]) -> Report:
    with tempfile.TemporaryDirectory() as folder:
        write_tree(Path(folder), dict(files))
        with _lowering_here():
            return audit_changing(Path(folder))


def linked(files: Mapping[str, str]) -> Facts:
    """What the checks read about files given as relative path and text."""
    with tempfile.TemporaryDirectory() as folder:
        write_tree(Path(folder), files)
        inventory = take_inventory(Path(folder), ())
        with _lowering_here():
            return link(collect(Path(folder), inventory, _COLLECT), inventory)


def write_tree(folder: Path, files: Mapping[str, str]) -> None:
    """Write the files below a folder."""
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


def read_tree(folder: Path) -> dict[str, str]:
    """All files below a folder, as ``audit_tree`` takes them."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def server(name: str) -> dict[str, str]:
    """The files of one of the test subjects."""
    return read_tree(SERVERS / name)


def verdict_of(report: Report, check: str) -> Verdict:
    """A check's verdict on the repository."""
    return next(result.verdict for result in report.checks if result.check.id == check)


def outcomes(report: Report) -> dict[str, str]:
    """The outcome of every check."""
    return {result.check.id: result.verdict.outcome.value for result in report.checks}


def found(report: Report, *checks: str) -> list[ReportedFinding]:
    """The findings of these checks that can cost points, or of all where none is named."""
    return [one for one in report.findings if one.finding.graded and (not checks or one.check.id in checks)]


def grades(report: Report) -> dict[str, Grade]:
    """The four grades by name."""
    card = report.card
    return {
        "overall": card.overall,
        "security": card.security,
        "observability": card.observability,
        "maintenance": card.maintenance,
    }

"""Secrets planted wherever a repository can hold one appear in no output."""

import dataclasses
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest
from audits import AS_OF, audit_changing, write_tree
from canaries import CANARIES, FILES, plain_tree, tree_of
from commandline import CommandLine
from histories import ENVIRONMENT
from msgspec.structs import replace

from skillaudit.action import annotations
from skillaudit.baseline import render_baseline
from skillaudit.baselines import Acceptance, entries_of
from skillaudit.collect import CollectOptions
from skillaudit.formats import Format
from skillaudit.pipeline import Options, audit
from skillaudit.render import renderer
from skillaudit.report import Report
from skillaudit.source import Source
from skillaudit.toolcommands import tools_document, tools_table
from skillaudit.toollock import lock_text

TREES = 4
_FOLDED = (Format.CONSOLE, Format.MARKDOWN)
"""Formats that show a few findings of each check only: they are rendered once for each folder too."""

SHOWN: Mapping[str, Callable[[Report], str]] = {
    **{form.value: renderer(form) for form in Format},
    "annotations": lambda report: "\n".join(annotations(report)),
    "baseline": lambda report: render_baseline(entries_of(report, Acceptance())),
    "tools": lambda report: tools_table(report, report.inventory.tools),
    "tools --json": lambda report: tools_document(report, report.inventory.tools),
    "tools --lock": lambda report: lock_text(report.inventory.tools),
}
"""Everything that is made of a report, the summary and the comment of a pull request among it as Markdown."""


def _git(folder: Path, *arguments: str, given: str = "") -> None:
    git = shutil.which("git") or "git"
    subprocess.run(
        [git, *arguments], cwd=folder, env=ENVIRONMENT, input=given.encode(), capture_output=True, check=True
    )


def _history(folder: Path) -> str:
    """A commit for every secret, with it as message, author and address; branches and tags of those that can be one.

    Returns the branch that the last commit is on.
    """
    stream = []
    for one in CANARIES.values():
        text = re.sub(r"[<>\n]", "", one.text)
        who = f"{text} <{text}@example.org> 1764000000 +0000"
        stream.append(f"commit refs/heads/main\nauthor {who}\ncommitter {who}\ndata {len(text)}\n{text}\n")
    _git(folder, "init", "--quiet", "--initial-branch=main")
    _git(folder, "fast-import", "--quiet", given="\n".join(stream))
    _git(folder, "reset", "--quiet", "--mixed", "main")
    _git(folder, "add", "--all", "--force")
    _git(folder, "commit", "--quiet", "--message=all")
    names = [one.text for one in CANARIES.values() if one.bare and re.fullmatch(r"[\w.-]+", one.text)]
    _git(
        folder,
        "update-ref",
        "--stdin",
        given="".join(f"create refs/{kind}/{name} HEAD\n" for name in names for kind in ("heads", "tags")),
    )
    _git(folder, "remote", "add", "origin", CANARIES["basic auth"].text)
    _git(folder, "symbolic-ref", "HEAD", f"refs/heads/{names[0]}")
    return names[1]


@cache
def outputs(word: str = "") -> dict[str, str]:
    """What every format says of the planted repository; with a word, of one that holds that instead."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(1 if word else TREES):
            write_tree(folder / f"tree{number}", plain_tree(word) if word else tree_of(number, TREES))
        if word:
            reports = [audit_changing(folder)]
        else:
            branch = _history(folder)
            options = Options(AS_OF, collect=CollectOptions(jobs=1, use_cache=False))
            source = Source(str(folder))
            reports = [
                audit(source, options, base=dataclasses.replace(source, ref=ref)) for ref in (branch, f"{branch}x")
            ]
    shown = {name: "".join(show(report) for report in reports) for name, show in SHOWN.items()}
    for form in _FOLDED:
        shown[form.value] += "".join(renderer(form)(part) for part in _parts(reports[0]))
    return shown


def _parts(report: Report) -> list[Report]:
    folders = {one.finding.location.path.rpartition("/")[0] for one in report.findings}
    return [
        replace(
            report,
            findings=tuple(one for one in report.findings if one.finding.location.path.rpartition("/")[0] == folder),
            gaps=tuple(one for one in report.gaps if one.path.startswith(folder)),
            change=None,
        )
        for folder in sorted(folders)
    ]


def test_places_are_shown_unless_they_hold_a_secret() -> None:
    """Otherwise the next test would prove nothing."""
    shown = outputs("nothing-to-hide")
    counts = {name: text.count("nothing-to-hide") for name, text in shown.items()}
    assert min(counts[name] for name in ("console", "json", "sarif", "html", "markdown", "cyclonedx", "evidence")) > 5
    assert min(counts[name] for name in ("annotations", "tools", "tools --json", "tools --lock")) > 0
    named = set(re.findall(r'"path": "tree0/([^"]*)"', shown["json"]))
    assert len(named & {*FILES}) >= 12
    assert {"named/nothing-to-hide.py", "named/nothing-to-hide/server.py"} <= named


@pytest.mark.parametrize("kind", CANARIES)
def test_no_output_shows_a_planted_secret(kind: str) -> None:
    assert {name: found for name, text in outputs().items() if (found := CANARIES[kind].seen_in(text))} == {}


def test_what_is_hidden_is_named() -> None:
    text = outputs()["json"]
    assert all(f"[{kind}, " in text for kind in ("GitHub token", "Slack token", "private key", "JWT", "credential"))


@pytest.mark.parametrize("kind", ["GitHub", "basic auth"])
def test_no_error_shows_a_secret(kind: str, tmp_path: Path) -> None:
    line = CommandLine(tmp_path)
    canary = CANARIES[kind]
    for arguments in (
        [f"https://me:{canary.text}@example.org/x"],
        [f"https://{canary.text}@example.org/x"],
        [str(tmp_path), "--ref", canary.text],
        [f"{tmp_path}/{canary.text}"],
        [str(tmp_path), "--output", f"{tmp_path}/none/{canary.text}"],
    ):
        ran = line.run("audit", *arguments)
        assert ran.code in {2, 3}
        assert canary.seen_in(ran.err + ran.out) == []

"""Markdown and badges: what is shown, within which size, and that nothing from a repository is markup."""

import json
import re
import xml.etree.ElementTree as ET

import judged
import pytest
from judged import finding, toy
from msgspec.structs import replace

from skillaudit.change import compare
from skillaudit.check import load_checks
from skillaudit.formats import Format
from skillaudit.formats.badge import render as badge
from skillaudit.formats.badge_json import render as badge_json
from skillaudit.model import Gap, Location
from skillaudit.render import renderer
from skillaudit.report import Report
from skillaudit.summary import MAX_CHARACTERS, render


def outside_code(text: str) -> str:
    """The text without its code spans, as GitHub's parser reads them."""
    return re.sub(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", "", text, flags=re.DOTALL)


def test_it_shows_grades_costs_and_gaps() -> None:
    gap = Gap("not-analysed", "a.py", "crash", 3)
    text = render(judged.report(toy(observed=[finding(7)]), given=replace(judged.facts(), gaps=(gap,))))
    assert text.startswith("## skillaudit: grade **C** 70")
    assert "<b>SA302</b> Credential or secret environment value logged: 30 points" in text
    assert "SA302 HIGH `server.py:7`" in text
    assert "`a.py: crash`" in text


def test_it_shows_what_changed() -> None:
    before, after = (judged.report(toy(observed=[finding(n) for n in lines])) for lines in ((1,), (1, 2)))
    text = render(replace(after, change=compare("main", before, after)))
    assert "Against `main`: **1 new, 1 existing, 0 moved, 0 fixed**" in text
    assert "- **new** SA302 HIGH" in text


HOSTILE = [
    "@everyone #1",
    "`@x` ``#2``",
    "<script>alert(1)</script>",
    "[a](javascript:b)",
    "![](http://x/y.png)",
    "</details>",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_what_comes_from_the_repository_is_code(words: str) -> None:
    hostile = replace(finding(1, path=words), message=words)
    gaps = (Gap("not-analysed", words, words, 3),)
    text = render(judged.report(toy(observed=[hostile]), given=replace(judged.facts(), gaps=gaps)))
    bare = outside_code(text)
    assert "@" not in bare
    assert not any(word in bare for word in ("<script", "javascript:", "http:", "#1", "#2"))
    assert bare.count("</details>") == bare.count("<details>")


def test_it_fits_a_comment() -> None:
    many = tuple(Gap("not-analysed", f"{n}.py", "x" * 400, 1) for n in range(300))
    paths = ["d/" * 120 + f"{n}.py" for n in range(25)]
    long = [replace(finding(1, path=path), message="m" * 299) for path in paths]
    checks = [toy(check.id, observed=long) for check in load_checks() if check.id != "SA808"]
    text = render(judged.report(*checks, given=replace(judged.facts(), gaps=many)))
    assert len(text) <= MAX_CHARACTERS
    assert text.endswith("see the report in another format*\n")


def not_graded() -> Report:
    whole = judged.report()
    return replace(whole, card=replace(whole.card, overall=replace(whole.card.overall, letter=None, score=None)))


def test_badges() -> None:
    graded = judged.report(toy(observed=[finding(1)]))
    picture = ET.fromstring(badge(graded))  # noqa: S314 - our own output
    assert picture.attrib["aria-label"] == "skillaudit: C 70.0"
    assert json.loads(badge_json(graded))["message"] == "C 70.0"
    assert json.loads(badge_json(not_graded())) == {
        "schemaVersion": 1, "label": "skillaudit", "message": "not graded", "color": "#6e7681", "isError": True,
    }  # fmt: skip


@pytest.mark.parametrize("form", list(Format))
def test_every_format_ends_its_last_line(form: Format) -> None:
    report = judged.report(toy(observed=[replace(finding(2), location=Location("", 0))]))
    assert renderer(form)(report).endswith("\n")

"""The page: what it holds, that it loads nothing, and that hostile text stays text; in a browser where there is one."""

import base64
import hashlib
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import judged
import pytest
from audits import audit_folder
from browsers import Browser, browser
from judged import finding, toy
from msgspec.structs import replace

from skillaudit.change import compare
from skillaudit.facts import Step
from skillaudit.formats._words import NO_LETTER
from skillaudit.formats.html import render
from skillaudit.model import Axis, Gap, Location, Severity
from skillaudit.report import Report

EXAMPLE = Path(__file__).parents[1] / "examples" / "weather-server"
HOSTILE = "<script>alert(1)</script><img src=http://evil.example/x onerror=alert(2)>{{ 7 * 7 }}</pre>"
STEPS = (Step(Location("auth.py", 2), HOSTILE), Step(Location("server.py", 7), "logged here"))


class Page(HTMLParser):
    """The tags of a page, and what may load or run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]


def hostile() -> Report:
    wrong = replace(finding(1, path=f"{HOSTILE}.py", trace=STEPS), message=HOSTILE, fix=HOSTILE)
    given = replace(judged.facts(), gaps=(Gap("not-analysed", HOSTILE, HOSTILE, 3),))
    return judged.report(toy(observed=[wrong]), given=given, source_line=HOSTILE)


def test_nothing_is_loaded_and_nothing_foreign_runs() -> None:
    page = Page(render(hostile()))
    assert page.tags.count("script") == page.tags.count("style") == 1
    assert not {"img", "link", "iframe", "object", "embed", "base"} & set(page.tags)
    assert not [one for one in page.attributes if one[1].startswith("on") or one[1] in {"src", "style", "action"}]
    assert all(value.startswith("#") for tag, name, value in page.attributes if name == "href")


def test_the_policy_names_what_stands_in_the_page() -> None:
    text = render(judged.report())
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', text)
    for tag in ("style", "script"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src &#39;sha256-{digest}&#39;" in policy
    assert policy.startswith("default-src &#39;none&#39;")


def test_templates_in_the_repository_are_text() -> None:
    assert "49" not in render(hostile()).partition("<main>")[2].partition("</main>")[0]


def test_what_the_console_says_is_on_the_page() -> None:
    report = audit_folder(EXAMPLE)
    text = render(report)
    for one in report.findings:
        assert one.check.id in text
    assert all(f"<code>{tool.name}</code>" in text for tool in report.inventory.tools)
    assert str(report.card.security.score) in text


def test_costs_stand_under_their_axis_and_every_way_is_told() -> None:
    one = replace(finding(1, trace=(Step(Location("other.py", 3), "where it comes from"),)), related=STEPS[:1])
    text = render(judged.report(toy(observed=[one]), toy("SA801", observed=[finding(2)], axis=Axis.MAINTENANCE)))
    ordered = ("Security, from 100", ">SA302</a>", "Maintenance, from 100", ">SA801</a>")
    places = [text.index(words) for words in ordered]
    assert places == sorted(places)
    assert "the way of the value, 1 step<" in text
    assert ">1 more place<" in text


def test_a_change_leads_the_page() -> None:
    before, after = (judged.report(toy(observed=[finding(n) for n in lines])) for lines in ((1,), (1, 2)))
    text = render(replace(after, change=compare("main", before, after)))
    assert re.search(r"Against <code>main</code>:\s+1 new,\s+1 existing,\s+0 moved,\s+0 fixed", text)
    assert text.index('data-status="new"') < text.index('data-status="existing"')


def many() -> Report:
    levels = (Severity.HIGH, Severity.MEDIUM, Severity.LOW)
    observed = [replace(finding(n, levels[n % 3], path=f"part_{n % 2}.py"), message=f"word{n}") for n in range(1, 31)]
    return judged.report(toy(observed=observed), toy("SA303", observed=[finding(99)]))


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("browser")) as found:
        yield found


def shown(window: Browser) -> int:
    return int(window.run("return document.querySelectorAll('.finding:not([hidden])').length"))


@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("width", [390, 820, 1280])
def test_it_fits_the_width_and_says_nothing_to_the_console(window: Browser, tmp_path: Path, width: int) -> None:
    page = tmp_path / "report.html"
    page.write_text(render(audit_folder(EXAMPLE)), encoding="utf-8")
    window.open(page, width)
    assert window.run("return document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert [entry["message"] for entry in window.log("browser")] == []
    assert [url for url in window.requests() if not url.startswith("file:")] == []


CHOOSE = """
const field = document.querySelector('[name={}]');
field.value = '{}';
field.dispatchEvent(new Event('input', {{bubbles: true}}));
"""
SETTLED = "return new Promise((done) => setTimeout(() => done(true), 50))"


@pytest.mark.xdist_group("browser")
def test_on_a_phone_a_row_of_costs_has_the_whole_width(window: Browser, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    page.write_text(render(many()), encoding="utf-8")
    size = {"width": 360, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    window.ask("POST", "goog/cdp/execute", cmd="Emulation.setDeviceMetricsOverride", params=size)
    window.open(page, 360)
    widths = window.run("return [...document.querySelectorAll('.costs .what')].map(one => one.clientWidth)")
    window.ask("POST", "goog/cdp/execute", cmd="Emulation.clearDeviceMetricsOverride", params={})
    assert widths
    assert min(widths) > 300


def test_without_a_letter_the_page_says_why() -> None:
    page = render(judged.report())
    assert NO_LETTER in page
    assert "What costs points" not in page
    assert NO_LETTER not in render(many())


@pytest.mark.xdist_group("browser")
def test_filters(window: Browser, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    page.write_text(render(many()), encoding="utf-8")
    window.open(page, 1280)
    assert shown(window) == 31
    window.run(CHOOSE.format("severity", "MEDIUM"))
    assert shown(window) == 10
    window.run(CHOOSE.format("text", "word13"))
    assert shown(window) == 1
    assert window.run("return document.getElementById('shown').textContent") == "1 of 31 shown"
    window.run("document.getElementById('filters').reset()")
    assert window.run(SETTLED)
    assert shown(window) == 31
    window.run("document.querySelector('a[data-check=SA303]').click()")
    assert window.run(SETTLED)
    assert shown(window) == 1


@pytest.mark.xdist_group("browser")
def test_hostile_text_stays_text(window: Browser, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    page.write_text(render(hostile()), encoding="utf-8")
    window.open(page, 1280)
    assert HOSTILE in str(window.run("return document.querySelector('.finding').textContent"))
    assert window.run("return document.images.length + document.scripts.length") == 1
    assert [entry["message"] for entry in window.log("browser")] == []
    assert [url for url in window.requests() if not url.startswith("file:")] == []


@pytest.mark.xdist_group("browser")
def test_keyboard_and_screen_reader(window: Browser, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    page.write_text(render(audit_folder(EXAMPLE)), encoding="utf-8")
    window.open(page, 1280)
    unnamed = """
    const named = (e) => e.textContent.trim() || e.getAttribute('aria-label') || (e.labels && e.labels.length);
    return [...document.querySelectorAll('a, button, select, input, summary')].filter((e) => !named(e)).length"""
    assert window.run(unnamed) == 0
    headed = "(e) => document.getElementById(e.getAttribute('aria-labelledby'))"
    assert window.run(f"return [...document.querySelectorAll('section')].every({headed})")
    levels = window.run("return [...document.querySelectorAll('h1, h2, h3')].map((e) => Number(e.tagName[1]))")
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert window.run("return document.querySelectorAll('table th:not([scope])').length") == 0

"""Points that a check takes without a finding of its own: every format says where, and whose finding tells of it."""

import json

import judged
import pytest
from judged import evidence, toy
from linked import facts_of
from msgspec.structs import replace

from skillaudit.check import Evidence, Finding
from skillaudit.checks.sa303 import sa303
from skillaudit.formats import Format
from skillaudit.model import Severity
from skillaudit.render import renderer
from skillaudit.report import Report
from skillaudit.rubric import Kind

SAID = "handler is silent"


def taken() -> Report:
    told = [replace(evidence(line, met=False), told="SA105") for line in (3, 9)]
    teller = toy("SA105", observed=[evidence(20, met=False)], severity=Severity.MEDIUM, kind=Kind.RATIO)
    return judged.report(teller, toy("SA113", observed=[evidence(1), *told], severity=Severity.LOW, kind=Kind.RATIO))


@pytest.mark.parametrize("form", [Format.CONSOLE, Format.HTML, Format.MARKDOWN])
def test_the_place_is_shown_with_the_check_that_tells_of_it(form: Format) -> None:
    text = renderer(form)(taken())
    assert {one.check.id for one in taken().findings} == {"SA105"}
    assert "server.py:3" in text
    assert SAID in text
    assert "see SA105" in text


def test_json_names_the_check_with_the_miss() -> None:
    (check,) = [one for one in json.loads(renderer(Format.JSON)(taken()))["checks"] if one["id"] == "SA113"]
    assert check["deduction"] > 0
    assert [one.get("told") for one in check["evidence"]] == [None, "SA105", "SA105"]


def test_an_argument_in_a_message_is_not_called_clean_where_another_check_tells_of_it() -> None:
    server = (
        "import logging\nfrom fastmcp import FastMCP\nmcp = FastMCP('a')\nlog = logging.getLogger(__name__)\n"
        "@mcp.tool()\ndef ask(question: str, limit: int):\n"
        "    log.info(f'asked {question}')\n    log.info(f'up to {limit}')\n    return limit\n"
    )
    observed = list(sa303.run(facts_of({"server.py": server})))
    held = [(one.location.line, one.met, one.told) for one in observed if isinstance(one, Evidence)]
    assert held == [(7, False, "SA202"), (8, True, "")]
    assert not any(isinstance(one, Finding) for one in observed)


def test_the_console_says_of_a_check_without_cost_which_one_tells() -> None:
    told = [replace(evidence(line, met=False), told="SA202") for line in (3, 9)]
    teller = toy("SA202", observed=[evidence(20, met=False), judged.finding(20)])
    shown = renderer(Format.CONSOLE)(judged.report(teller, toy("SA303", observed=told, kind=Kind.INCIDENT)))
    assert "2 places: see SA202" in " ".join(shown.split())
    assert "SA303" not in shown.partition("What is good")[2]

"""The evidence sheet: how a control stands, what proves it, and that its mapping is sound."""

import json
from pathlib import Path

import judged
import pytest
from audits import audit_folder
from judged import evidence, toy

from skillaudit.check import Check, NotApplicable, Unknown, load_checks
from skillaudit.evidence import Standing, controls, sheets
from skillaudit.sheet import render
from skillaudit.sheet_json import render as render_json

EXAMPLE = Path(__file__).parents[1] / "examples" / "weather-server"
AU_3 = ("SA103", "SA113", "SA114", "SA203")


def standing(*checks: Check) -> Standing:
    found = {one.control.id: one.standing for one in sheets(judged.report(*checks))}
    return found["AU-3"]


def test_a_control_is_met_where_all_that_applies_is() -> None:
    met = [toy(one, observed=[evidence(3)]) for one in AU_3[:2]]
    assert standing(*met, toy("SA114", observed=[NotApplicable("none")])) is Standing.MET


def test_one_miss_is_enough() -> None:
    good, bad = toy("SA103", observed=[evidence(3)]), toy("SA113", observed=[evidence(4, met=False)])
    assert standing(good, bad) is Standing.NOT_MET


@pytest.mark.parametrize("observed", [Unknown("why"), NotApplicable("none")])
def test_what_was_not_decided_is_not_claimed(observed: Unknown | NotApplicable) -> None:
    assert standing(*(toy(one, observed=[observed]) for one in AU_3)) is Standing.NOT_ASSESSED


def test_unknown_beside_met_is_not_assessed() -> None:
    good, open_ = toy("SA103", observed=[evidence(3)]), toy("SA113", observed=[Unknown("why")])
    assert standing(good, open_) is Standing.NOT_ASSESSED


def test_each_answer_has_its_places() -> None:
    report = audit_folder(EXAMPLE)
    document = json.loads(render_json(report))
    (mcp08,) = [one for one in document["controls"] if one["id"] == "MCP08:2025"]
    assert mcp08["standing"] == "not met"
    places = [place for one in mcp08["checks"] if one["id"] == "SA105" for place in one["evidence"]]
    assert {place["met"] for place in places} == {True, False}
    assert all(place["line"] and (EXAMPLE / place["path"]).is_file() for place in places)
    text = render(report)
    assert "OWASP MCP Top 10 MCP08:2025 | Lack of Audit and Telemetry | **not met**" in text
    assert "weather_server/server.py:" in text


def test_the_mapping_names_checks_that_exist_and_sources() -> None:
    known = {check.id for check in load_checks()}
    assert len({(one.framework, one.id) for one in controls()}) == len(controls()) >= 13
    for one in controls():
        assert one.source.startswith("https://")
        assert set(one.checks) - known == set(), one.id

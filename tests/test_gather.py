from pathlib import Path

import pytest

from skillaudit import afresh, configuration, relevance
from skillaudit.collect import CollectOptions
from skillaudit.configuration import Documents, readers
from skillaudit.facts import Facts
from skillaudit.gather import gather
from skillaudit.inventory import Inventory, take_inventory
from skillaudit.pool import Limits

SERVER = '''
import logging
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("demo")
log = logging.getLogger(__name__)


@mcp.tool()
def add(token: str) -> str:
    """Add."""
    log.info("adding %s", token)
    return token


mcp.run()
'''


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SKILLAUDIT_CACHE_DIR", str(tmp_path / "cache"))
    root = tmp_path / "tree"
    root.mkdir()
    (root / "server.py").write_text(SERVER)
    return root


def facts(root: Path, options: CollectOptions | None = None) -> tuple[Facts, bool]:
    """The facts of a tree, and whether they had to be linked."""
    steps: list[str] = []
    found = gather(root, take_inventory(root), options or CollectOptions(jobs=1), steps.append).facts
    return found, "link" in steps


def test_an_unchanged_tree_is_not_linked_again(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, linked = facts(tree)
    assert linked
    assert (len(first.tools), len(first.log_calls)) == (1, 1)
    assert first.log_calls[0].flows
    monkeypatch.setattr(afresh, "collect", pytest.fail)
    assert facts(tree) == (first, False)


def test_prose_is_not_linked_but_what_it_says_of_alerts_is_read(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runbook = "# Alerts\n\n- SEV1: the on-call engineer within 15 minutes\n- SEV3: the on-call engineer within 5 days\n"
    before, _ = facts(tree)
    monkeypatch.setattr(afresh, "collect", pytest.fail)
    (tree / "RUNBOOK.md").write_text(runbook)
    after, linked = facts(tree)
    assert not linked
    assert (before.log_calls, before.tools) == (after.log_calls, after.tools)
    assert before.alerting != after.alerting
    assert [file.path for file in after.inventory.files] == ["RUNBOOK.md", "server.py"]


MODULE = {
    "tests/test_add.py": "def test_add() -> None:\n    assert 1 + 1 == 2\n",
    "tests/test_log.py": "import logging\n\n\ndef test_log() -> None:\n    logging.info('done')\n",
    "vendor/modules.txt": "",
    "vendor/other/b.py": "import logging\nlogging.info('theirs')\n",
    "tests/configuration.yaml": "a: 1\n",
}


@pytest.mark.parametrize(
    ("path", "linked"),
    [
        ("tests/test_add.py", False),
        ("tests/test_log.py", True),
        ("vendor/other/b.py", False),
        ("tests/configuration.yaml", True),
        ("server.py", True),
    ],
)
def test_source_that_says_nothing_of_records_does_not_link_the_rest_again(
    tree: Path, path: str, *, linked: bool
) -> None:
    for name, text in MODULE.items():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text(text)
    facts(tree)
    with (tree / path).open("a") as file:
        file.write("\n# edited = 1\n")
    found, again = facts(tree)
    assert again is linked
    assert found == facts(tree, CollectOptions(jobs=1, use_cache=False))[0]
    assert found.inventory == take_inventory(tree)


def test_a_test_that_begins_to_write_records_is_linked(tree: Path) -> None:
    (tree / "tests").mkdir()
    (tree / "tests/test_add.py").write_text("def test_add() -> None:\n    assert True\n")
    before, _ = facts(tree)
    (tree / "tests/test_add.py").write_text("def test_add(password: str) -> None:\n    print(password)\n")
    after, linked = facts(tree)
    assert linked
    assert len(after.log_calls) > len(before.log_calls)


def test_linking_opens_nothing_that_its_name_does_not_speak_of(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[list[str]] = []
    real = configuration.documents

    def documents(root: Path, inventory: Inventory) -> Documents:
        opened.append([file.path for file in inventory.files if file.digest])
        return real(root, inventory)

    monkeypatch.setattr(afresh, "documents", documents)
    for name, text in (MODULE | {"README.md": "# A server\n"}).items():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text(text)
    facts(tree)
    for_deployment, for_linking = opened
    assert sorted(set(for_deployment) - set(for_linking)) == ["README.md", "tests/test_add.py", "vendor/other/b.py"]


def test_what_a_front_end_or_a_configuration_says_is_linked_again(tree: Path) -> None:
    facts(tree)
    for name, text in (("logging.conf", "[loggers]\nkeys=root\n"), ("more.py", "import logging\n"), (".env", "A=1\n")):
        (tree / name).write_text(text)
        assert facts(tree)[1]


@pytest.mark.parametrize("name", ["README.md", "docs/guide.mdx", "docs/index.rst", "logo.png", "a.adoc"])
def test_prose_is_what_nobody_wants_to_link(name: str) -> None:
    assert relevance._PROSE.search(name)
    heads = (
        b"# A server\n",
        b"apiVersion: v1\nkind: ConfigMap\n",
        b'{"openapi": "3.1.0"}',
        b"[SERVICE]\n",
        b"FROM x\n",
    )
    assert not [one for one in readers() for head in heads if one.wants(name, head)]


@pytest.mark.parametrize("change", ["bytes", "name", "limits", "no cache"])
def test_whatever_changes_the_facts_is_seen(tree: Path, change: str) -> None:
    facts(tree)
    options = CollectOptions(jobs=1)
    match change:
        case "bytes":
            (tree / "server.py").write_text(SERVER.replace("log.info", "log.debug"))
        case "name":
            (tree / "server.py").rename(tree / "main.py")
        case "limits":
            options = CollectOptions(jobs=1, limits=Limits(size=1, sizes={}))
        case "no cache":
            options = CollectOptions(jobs=1, use_cache=False)
    found, linked = facts(tree, options)
    assert linked
    assert [call.level for call in found.log_calls] == {"bytes": ["debug"], "limits": []}.get(change, ["info"])


def test_what_another_run_might_see_is_not_kept(tree: Path) -> None:
    slow = CollectOptions(jobs=1, parse_seconds=-1.0)
    assert [gap.path for gap in facts(tree, slow)[0].gaps] == ["server.py"]
    assert facts(tree, slow)[1]


def test_a_file_that_never_parses_does_not_cost_the_rest_each_time(tree: Path) -> None:
    (tree / "broken.py").write_text("def (:\n")
    first, linked = facts(tree)
    assert linked
    assert [gap.path for gap in first.gaps] == ["broken.py"]
    assert facts(tree) == (first, False)


@pytest.mark.parametrize("spoilt", [b"", b"[]", b"not a cache"])
def test_a_spoilt_entry_is_a_miss(tree: Path, tmp_path: Path, spoilt: bytes) -> None:
    first, _ = facts(tree)
    for entry in (tmp_path / "cache").iterdir():
        entry.write_bytes(spoilt)
    assert facts(tree) == (first, True)


def test_a_cache_that_cannot_be_used_is_said_once(tree: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir(0o777)
    (tmp_path / "cache").chmod(0o777)
    gathered = gather(tree, take_inventory(tree), CollectOptions(jobs=1))
    assert len(gathered.warnings) == 1
    assert gathered.facts.tools

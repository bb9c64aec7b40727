import os
import subprocess
import sys
from pathlib import Path

import pytest
from audits import write_tree
from resolved import PACKAGE, PYPROJECT, listing, listings, read

from skillaudit.dependency import MOST
from skillaudit.inventory import take_inventory
from skillaudit.model import Gap
from skillaudit.resolve import resolve

GO_MOD = """module example.org/server

go 1.24.1

toolchain go1.24.5

require example.org/a v1.0.0 // why it is here

require (
	example.org/b v0.0.0-20240102030405-abcdefabcdef // indirect
	example.org/c/v2 v2.3.0+incompatible
	example.org/d v1.0.0
)

replace (
	example.org/a => example.org/fork v1.0.1
	example.org/d => ../d
)

exclude example.org/x v1.0.0
"""


def sums(*modules: str) -> str:
    return "".join(f"{module}{part} h1:{'A' * 43}=\n" for module in modules for part in ("", "/go.mod"))


def test_go_with_replacements() -> None:
    go_sum = sums("example.org/fork v1.0.1", "example.org/b v0.0.0-20240102030405-abcdefabcdef",
                  "example.org/c/v2 v2.3.0+incompatible")  # fmt: skip
    files = {"go.mod": GO_MOD, "go.sum": go_sum, "main.go": "package main\n"}
    assert read(files, "go.mod") == [
        "example.org/b 0.0.0-20240102030405-abcdefabcdef < ",
        "example.org/c/v2 2.3.0",
        "example.org/fork 1.0.1",
    ]
    found = listing(files, "go.mod")
    assert (found.drift, found.partial) == ((), "")
    lines = GO_MOD.split("\n")
    assert "example.org/a" in lines[found.dependencies[2].line - 1]
    stale = listing(files | {"go.sum": sums("example.org/fork v1.0.1")}, "go.mod")
    assert [(one.name, lines[one.line - 1].split()[0]) for one in stale.drift] == [
        ("example.org/c/v2", "example.org/c/v2")
    ]


def test_an_old_go_mod_need_not_list_everything() -> None:
    files = {"go.mod": GO_MOD.replace("1.24.1", "1.16"), "go.sum": sums("example.org/fork v1.0.1")}
    assert "1.17" in listing(files, "go.mod").partial


@pytest.mark.parametrize("text", ["require (\n\ta v1", "module x\nnonsense here\n", "module x\nrequire a b c d\n"])
def test_a_damaged_go_mod_is_a_reason(text: str) -> None:
    assert listing({"go.mod": text, "go.sum": ""}, "go.mod").trouble


INVENTORIED = {
    "Cargo.lock": '[[package]]\nname = "serde"\nversion = "1.0.1"\nsource = "registry+x"\n[[package]]\nname = "own"\n',
    "Gemfile.lock": "GEM\n  specs:\n    rack (1.0.1)\n      other (>= 1)\n",
    "composer.lock": '{"packages": [{"name": "a/b", "version": "v1.0.1"}]}',
    "packages.lock.json": '{"version": 1, "dependencies": {"net8.0": {"Json": {"resolved": "1.0.1"}}}}',
    "gradle.lockfile": "# comment\ncom.example:lib:1.0.1=runtimeClasspath\nempty=\n",
    "Package.resolved": '{"pins": [{"identity": "lib", "state": {"version": "1.0.1"}}], "version": 2}',
    "mix.lock": '%{\n  "lib": {:hex, :lib, "1.0.1", "aa", [:mix], [], "hexpm", "bb"},\n}\n',
    "pubspec.lock": 'packages:\n  lib:\n    dependency: "direct main"\n    version: "1.0.1"\n',
    "deno.lock": '{"version": "4", "npm": {"lib@1.0.1_peer@2": {"integrity": "x"}}}',
}


@pytest.mark.parametrize("path", INVENTORIED)
def test_other_ecosystems_are_counted(path: str) -> None:
    found = listing({path: INVENTORIED[path]}, path)
    assert [one.coordinate.version.lstrip("v") for one in found.dependencies] == ["1.0.1"]


HUGE = '{"lockfileVersion": 3, "packages": {' + ", ".join(f'"node_modules/p{n}": {{}}' for n in range(MOST + 1)) + "}}"
DEEP = '{"lockfileVersion": 3, "packages": {"": ' + '{"a": ' * 50_000 + "1" + "}" * 50_002
NESTED_V1 = '{"lockfileVersion": 1, "dependencies": ' + '{"a": {"dependencies": ' * 200 + "{}" + "}}" * 200 + "}"
HOSTILE = {
    "too many": ("package-lock.json", HUGE),
    "nested": ("package-lock.json", DEEP),
    "nested in version 1": ("package-lock.json", NESTED_V1),
    "wrong types": ("package-lock.json", '{"lockfileVersion": 3, "packages": [1, 2]}'),
    "dotted keys": ("uv.lock", "a" + ".a" * 100_000 + " = 1\n"),
    "an anchor bomb": ("pnpm-lock.yaml", "lockfileVersion: '9.0'\na: &a [x, x]\nb: &b [*a, *a]\npackages: *b\n"),
    "deep indentation": ("pnpm-lock.yaml", "lockfileVersion: '9.0'\n" + "".join(f"{' ' * n}k:\n" for n in range(300))),
    "long lines": ("requirements.txt", "a" * 1_000_000 + "\n"),
    "no requirement": ("requirements.txt", "app-a==1\n==broken==\n"),
    "null bytes": ("poetry.lock", "\0" * 1000),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_a_reason_or_nothing(kind: str) -> None:
    path, text = HOSTILE[kind]
    manifest = "package.json" if path.startswith(("package", "pnpm")) else "pyproject.toml"
    found = listing({manifest: PACKAGE if manifest == "package.json" else PYPROJECT, path: text}, path)
    assert found.trouble or kind == "an anchor bomb"
    assert found.dependencies == ()


def test_a_lockfile_beyond_the_limit_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skillaudit.resolve.MAX_LOCKFILE", 10)
    assert "larger" in listing({"package.json": PACKAGE, "yarn.lock": "# yarn lockfile v1\n" * 9}, "yarn.lock").trouble


def test_a_chain_of_dependencies_costs_its_length() -> None:
    entries = ", ".join(
        f'"node_modules/p{n}": {{"version": "1.0.0", "dependencies": {{"p{n + 1}": "*"}}}}' for n in range(20_000)
    )
    lock = '{"lockfileVersion": 3, "packages": {"": {"dependencies": {"p0": "*"}}, ' + entries + "}}"
    found = listing({"package.json": PACKAGE, "package-lock.json": lock}, "package-lock.json")
    last = max(found.dependencies, key=lambda one: int(one.coordinate.name[1:]))
    assert last.via == ("p0@1.0.0", "p1@1.0.0", "...", "p19996@1.0.0", "p19997@1.0.0", "p19998@1.0.0")


def test_circles_end() -> None:
    entry = '"node_modules/{}": {{"version": "1.0.0", "dependencies": {{"{}": "*"}}}}'
    packages = ", ".join(('"": {"dependencies": {"a": "*"}}', entry.format("a", "b"), entry.format("b", "a")))
    lock = f'{{"lockfileVersion": 3, "packages": {{{packages}}}}}'
    assert read({"package.json": PACKAGE, "package-lock.json": lock}, "package-lock.json") == [
        "a 1.0.0",
        "b 1.0.0 < a@1.0.0",
    ]


def test_nothing_of_the_repository_runs(tmp_path: Path) -> None:
    """Traps in setup.py, in npm scripts, and in place of every package manager."""
    mark = tmp_path / "sprung"
    traps = tmp_path / "bin"
    traps.mkdir()
    for name in ("npm", "node", "pnpm", "yarn", "bun", "uv", "pip", "python", "poetry", "pdm", "go", "cargo", "git"):
        (traps / name).write_text(f"#!/bin/sh\ntouch {mark}\n")
        (traps / name).chmod(0o755)
    tree = tmp_path / "tree"
    script = f'"preinstall": "touch {mark}", "postinstall": "touch {mark}"'
    write_tree(
        tree,
        {
            "setup.py": f"open({str(mark)!r}, 'w')\nfrom setuptools import setup\nsetup(install_requires=['a'])\n",
            "package.json": PACKAGE.replace('"version": "1.0.0",', f'"version": "1.0.0", "scripts": {{{script}}},'),
            "requirements.txt": "-e .\nsdist @ file:///tmp/x.tar.gz\n",
            "go.mod": "module example.org/x\n\ngo 1.24\n",
            "packaging.py": f"open({str(mark)!r}, 'w')\n",
        },
    )
    code = (
        "import sys; from pathlib import Path; from skillaudit.inventory import take_inventory; "
        "from skillaudit.resolve import resolve; root = Path(sys.argv[1]); "
        "print(len(resolve(root, take_inventory(root))))"
    )
    environment = {"PATH": f"{traps}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(Path(__file__).parents[1])}
    argv = [sys.executable, "-P", "-c", code, str(tree)]
    done = subprocess.run(argv, cwd=tree, env=environment, capture_output=True, text=True, check=True)
    assert int(done.stdout) >= 2
    assert not mark.exists()


def test_vendored_files_are_nobodys_dependencies() -> None:
    files = {"node_modules/x/package.json": PACKAGE, "node_modules/x/yarn.lock": "# yarn lockfile v1\n"}
    assert listings(files) == ()


def test_a_lockfile_that_was_not_acquired_is_a_reason(tmp_path: Path) -> None:
    write_tree(tmp_path, {"package.json": PACKAGE})
    found = resolve(tmp_path, take_inventory(tmp_path, (Gap("file", "package-lock.json", "larger than 2 MiB"),)))
    assert [(one.path, one.trouble) for one in found] == [("package-lock.json", "larger than 2 MiB")]

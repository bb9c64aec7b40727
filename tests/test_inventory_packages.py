"""Packages by manifest, their lockfiles, and manifests that an adversary wrote."""

from pathlib import Path

import pytest

from skillaudit.inventory import Inventory, Package, take_inventory

SERVER = "from mcp.server.fastmcp import FastMCP\nmcp = FastMCP('x')\nmcp.run()\n"


def inventory(root: Path, tree: dict[str, str]) -> Inventory:
    for path, text in tree.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return take_inventory(root)


def only(root: Path, tree: dict[str, str]) -> Package:
    (package,) = inventory(root, tree).packages
    return package


def test_npm_package(tmp_path: Path) -> None:
    manifest = """{"name": "@x/weather", "bin": {"weather": "a.js"},
        "dependencies": {"zod": "1", "@x/y": "workspace:*"},
        "optionalDependencies": {"pino": "9"}, "devDependencies": {"vitest": "3"}}"""
    package = only(tmp_path, {"package.json": manifest, "package-lock.json": "{}", "src/index.ts": "x\n" * 3})
    assert package == Package(
        path="",
        name="@x/weather",
        ecosystem="npm",
        manifest="package.json",
        lockfiles=("package-lock.json",),
        declares_dependencies=True,
        ships=True,
        kind="application",
        runtime_dependencies=("pino", "zod"),
        entries=("a.js", "a.js.js", "a.js/index.js"),
    )


@pytest.mark.parametrize(
    ("manifest", "text", "expected"),
    [
        ("pyproject.toml", '[project]\nname="a"\ndependencies=["Foo_Bar[x]>=1"]\n[build-system]', "library a foo-bar"),
        ("pyproject.toml", '[project]\nname="a"\n[project.scripts]\na="a:b"\n[build-system]', "application a"),
        (
            "pyproject.toml",
            '[tool.poetry]\nname="a"\n[tool.poetry.dependencies]\npython="3"\nmcp="1"\n[build-system]',
            "library a mcp",
        ),
        ("setup.cfg", "[metadata]\nname = a\n[options]\ninstall_requires =\n  mcp>=1\n", "library a mcp"),
        ("setup.py", "setup(name='a', install_requires=['mcp>=1', \"b\"])", "library a b mcp"),
        ("requirements.txt", "# c\nmcp>=1 # why\n-r other.txt\n", "application p mcp"),
        ("Pipfile", '[packages]\nmcp = "*"\n', "application p mcp"),
        (
            "go.mod",
            "module x.y/z\nrequire (\n\ta.b/c v1.0.0\n\td.e/f v1.0.0 // indirect\n)\nreplace a.b/c => ../c\n",
            "library x.y/z a.b/c",
        ),
        (
            "Cargo.toml",
            '[package]\nname="a"\n[dependencies]\nrmcp="1"\nown={path="../o"}',
            "application a rmcp",
        ),
        (
            "A.Web.csproj",
            '<Project Sdk="Microsoft.NET.Sdk.Web"><PackageReference Include="X" /></Project>',
            "application A.Web X",
        ),
        ("pom.xml", "<artifactId>a</artifactId><dependency><artifactId>b</artifactId></dependency>", "library a b"),
        ("build.gradle", "plugins { id 'application' }\n  implementation 'g:a:1'\n", "application p g:a:1"),
    ],
)
def test_manifests(tmp_path: Path, manifest: str, text: str, expected: str) -> None:
    package = only(tmp_path, {f"p/{manifest}": text})
    assert package.path == "p"
    assert " ".join((package.kind, package.name, *package.runtime_dependencies)) == expected
    assert package.declares_dependencies == bool(package.runtime_dependencies)


def test_what_only_configures_tools_is_no_package(tmp_path: Path) -> None:
    tree = {"pyproject.toml": "[tool.ruff]\n", "setup.cfg": "[flake8]\n", "src/package.json": '{"type": "module"}'}
    assert inventory(tmp_path, tree).packages == ()


def test_the_first_python_manifest_speaks_and_two_ecosystems_are_two_packages(tmp_path: Path) -> None:
    tree = {"pyproject.toml": '[project]\nname="a"\n', "setup.py": "setup(name='b')", "package.json": '{"name": "c"}'}
    found = inventory(tmp_path, {**tree, "a.py": SERVER, "a.ts": "x\n"})
    assert [(package.ecosystem, package.name) for package in found.packages] == [("npm", "c"), ("pypi", "a")]
    by_python, by_typescript = found.package_of("a.py"), found.package_of("a.ts")
    assert by_python is not None
    assert by_typescript is not None
    assert (by_python.name, by_typescript.name) == ("a", "c")


@pytest.mark.parametrize(
    ("pins", "locks"),
    [
        ("mcp==1.0\n", ("requirements.txt",)),
        ("mcp==1.0 \\\n    --hash=sha256:00\n", ("requirements.txt",)),
        ("mcp==1.0 ; python_version > '3'\nuvicorn[standard]==1\n", ("requirements.txt",)),
        ("mcp==1.0\nuvicorn\n", ()),
        ("mcp==1.*\n", ()),
        ("mcp>=1,==1.2\n", ()),
        ("uvicorn==1\n", ()),
        ("# nothing\n", ()),
    ],
)
def test_pinned_requirements_are_a_lock(tmp_path: Path, pins: str, locks: tuple[str, ...]) -> None:
    manifest = '[project]\nname="a"\ndependencies=["mcp"]\n'
    assert only(tmp_path, {"pyproject.toml": manifest, "requirements.txt": pins}).lockfiles == locks


@pytest.mark.parametrize(
    ("manifest", "root", "member", "lock"),
    [
        ("package.json", '{"workspaces": ["packages/*"]}', '{"name": "m"}', "yarn.lock"),
        ("package.json", '{"workspaces": {"packages": ["**"]}}', '{"name": "m"}', "bun.lock"),
        ("pyproject.toml", '[tool.uv.workspace]\nmembers = ["packages/*"]', "[project]\nname='m'", "uv.lock"),
        ("Cargo.toml", '[workspace]\nmembers = ["packages/m"]', "[package]\nname='m'", "Cargo.lock"),
    ],
)
def test_a_workspace_roots_lock_covers_its_members(
    tmp_path: Path, manifest: str, root: str, member: str, lock: str
) -> None:
    tree = {manifest: root, lock: "", f"packages/m/{manifest}": member, f"other/n/deep/{manifest}": member}
    locks = {package.path: package.lockfiles for package in inventory(tmp_path, tree).packages}
    assert locks["packages/m"] == (lock,)
    assert locks["other/n/deep"] == ((lock,) if "**" in root else ())


def test_a_pnpm_workspace_with_an_exclusion(tmp_path: Path) -> None:
    tree = {
        "package.json": '{"private": true}',
        "pnpm-workspace.yaml": "packages:\n  # ours\n  - 'apps/*'\n  - \"!apps/old\"\ncatalog:\n  - x\n",
        "pnpm-lock.yaml": "",
        "apps/new/package.json": '{"name": "n"}',
        "apps/old/package.json": '{"name": "o"}',
    }
    locks = {package.path: package.lockfiles for package in inventory(tmp_path, tree).packages}
    assert locks == {"": ("pnpm-lock.yaml",), "apps/new": ("pnpm-lock.yaml",), "apps/old": ()}


def test_examples_tests_and_configuration_packages_do_not_ship(tmp_path: Path) -> None:
    named = '{"name": "x"}'
    tree = {
        "package.json": '{"name": "root", "workspaces": ["packages/*"]}',
        "packages/server/package.json": named,
        "packages/server/src/index.ts": "import { McpServer } from 'x';\n" * 3,
        "packages/eslint-config/package.json": named,
        "packages/eslint-config/index.js": "x\n",
        "packages/integration-tests/package.json": named,
        "packages/integration-tests/src/a.ts": "x\n",
        "examples/a/package.json": named,
        "examples/a/index.ts": "x\n",
        "docs/requirements.txt": "sphinx\n",
        "docs/conf.py": "x = 1\n",
    }
    found = inventory(tmp_path, tree).packages
    assert [package.path for package in found if package.ships] == ["packages/server"]
    assert {package.path: package.kind for package in found}[""] == "workspace-root"


def test_tests_of_a_package(tmp_path: Path) -> None:
    tree = {
        "a/pyproject.toml": '[project]\nname="a"\n',
        "a/server.py": SERVER,
        "a/tests/test_a.py": "def test_a(): pass\n",
        "b/pyproject.toml": '[project]\nname="b"\n',
        "b/server.py": SERVER,
    }
    found = inventory(tmp_path, tree)
    assert [found.tests_of(package) for package in found.packages] == [1, 0]
    whole = inventory(tmp_path, {"tests/test_all.py": "def test_all(): pass\n", "tests/data.sh": "x\n"})
    assert [whole.tests_of(package) for package in whole.packages] == [1, 1]
    assert whole.test_files == 2


@pytest.mark.parametrize(
    ("manifest", "text"),
    [
        ("package.json", "{"),
        ("package.json", "[]"),
        ("package.json", "[" * 200_000),
        ("package.json", '{"a":' * 100_000),
        ("package.json", '"' + "x" * (1 << 20) + '"'),
        ("pyproject.toml", "a = ["),
        ("pyproject.toml", "a = " + "[" * 100_000),
        ("pyproject.toml", ".".join("a" * 20_000) + " = 1"),
        ("pyproject.toml", "x = {" + ".".join("a" * 20_000) + " = 1}"),
        ("setup.cfg", "no section"),
        ("Cargo.toml", "="),
    ],
)
def test_a_broken_manifest_is_a_gap(tmp_path: Path, manifest: str, text: str) -> None:
    found = inventory(tmp_path, {manifest: text, "server.py": SERVER})
    assert [(gap.kind, gap.path) for gap in found.gaps] == [("manifest", manifest)]
    assert found.languages() == {"python": 3}


def test_a_manifest_that_is_no_text_is_a_gap(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_bytes(b"\xff\xfe{}")
    assert [gap.reason for gap in take_inventory(tmp_path).gaps] == ["not UTF-8 text"]


@pytest.mark.parametrize(
    "text",
    [
        '{"name": 5, "dependencies": ["a"], "workspaces": 3, "bin": 1, "scripts": "x", "devDependencies": {"a": 1}}',
        '{"name": "a", "dependencies": null, "workspaces": [1, "**/**/**/**/a", "!x"]}',
    ],
)
def test_wrong_types_in_a_manifest_declare_nothing(tmp_path: Path, text: str) -> None:
    assert only(tmp_path, {"package.json": text}).runtime_dependencies == ()


@pytest.mark.parametrize(
    ("manifest", "text"),
    [
        ("setup.py", "install_requires=[" * 50_000),
        ("pom.xml", "<dependency>" * 80_000),
        ("go.mod", "a" * 500_000 + "\n" * 500_000),
        ("build.gradle", "\n" * 1_000_000),
        ("requirements.txt", "a" * 1_000_000),
        ("A.csproj", "<PackageReference " * 50_000),
    ],
)
@pytest.mark.filterwarnings("error")
def test_long_hostile_manifests_are_read_in_linear_time(tmp_path: Path, manifest: str, text: str) -> None:
    package = only(tmp_path, {manifest: text})
    assert package.manifest == manifest

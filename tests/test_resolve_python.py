from pathlib import Path

import pytest
from resolved import PYPROJECT, listing, listings, read

TREE = ["app-a 1.0", "app-b 2.0 < app-a@1.0", "dev-a 1.0 dev", "dev-b 1.0 dev < dev-a@1.0"]

UV = """version = 1
revision = 3

[[package]]
name = "app-a"
version = "1.0"
source = { registry = "https://packages.example.org/simple" }
dependencies = [
    { name = "app-b" },
]
wheels = [
    { url = "https://packages.example.org/app_a-1.0-py3-none-any.whl", hash = "sha256:aa" },
]

[[package]]
name = "app-b"
version = "2.0"
source = { registry = "https://packages.example.org/simple" }

[[package]]
name = "dev-a"
version = "1.0"
source = { registry = "https://packages.example.org/simple" }
dependencies = [
    { name = "dev-b", version = "1.0", source = { registry = "https://packages.example.org/simple" } },
]

[[package]]
name = "dev-b"
version = "1.0"
source = { registry = "https://packages.example.org/simple" }

[[package]]
name = "server"
version = "1.0.0"
source = { editable = "." }
dependencies = [
    { name = "app-a" },
]

[package.dev-dependencies]
dev = [
    { name = "dev-a" },
]

[package.metadata]
requires-dist = [{ name = "app-a", specifier = ">=1" }]

[package.metadata.requires-dev]
dev = [{ name = "dev-a" }]
"""
POETRY = """[[package]]
name = "app-a"
version = "1.0"
groups = ["main"]

[package.dependencies]
App_B = ">=2"

[[package]]
name = "app-b"
version = "2.0"
groups = ["main"]

[[package]]
name = "dev-a"
version = "1.0"
groups = ["dev"]

[package.dependencies]
dev-b = {version = "*", markers = "python_version < '4'"}

[[package]]
name = "dev-b"
version = "1.0"
groups = ["dev"]

[metadata]
lock-version = "2.1"
"""
PDM = """[metadata]
groups = ["default", "dev"]
lock_version = "4.5.0"

[[package]]
name = "app-a"
version = "1.0"
groups = ["default"]
dependencies = ["app-b>=2"]

[[package]]
name = "app-b"
version = "2.0"
groups = ["default"]

[[package]]
name = "dev-a"
version = "1.0"
groups = ["dev"]
dependencies = ["dev-b; python_version > '3'"]

[[package]]
name = "dev-b"
version = "1.0"
groups = ["dev"]
"""


def _pylock(name: str, version: str, needed: str = "") -> str:
    file = f"{name.replace('-', '_')}-{version}-py3-none-any.whl"
    dependencies = f'dependencies = [{{ name = "{needed}" }}]\n' if needed else ""
    wheel = f'url = "https://packages.example.org/{file}"\nhashes = {{ sha256 = "aa" }}\n'
    return f'\n[[packages]]\nname = "{name}"\nversion = "{version}"\n{dependencies}\n[[packages.wheels]]\n{wheel}'


PYLOCK = 'lock-version = "1.0"\ncreated-by = "test"\n' + "".join(
    (
        _pylock("app-a", "1.0", "app-b"),
        _pylock("app-b", "2.0"),
        _pylock("dev-a", "1.0", "dev-b"),
        _pylock("dev-b", "1.0"),
    )
)
PIPENV = """{
  "_meta": {"hash": {"sha256": "aa"}, "pipfile-spec": 6},
  "default": {
    "app-a": {"version": "==1.0"},
    "app-b": {"version": "==2.0"}
  },
  "develop": {
    "dev-a": {"version": "==1.0"},
    "dev-b": {"version": "==1.0"}
  }
}
"""
LOCKFILES = {"uv.lock": UV, "poetry.lock": POETRY, "pdm.lock": PDM, "pylock.toml": PYLOCK, "pylock.linux.toml": PYLOCK}


@pytest.mark.parametrize("path", LOCKFILES)
def test_every_lockfile_says_the_same(path: str) -> None:
    files = {"pyproject.toml": PYPROJECT, path: LOCKFILES[path]}
    assert read(files, path) == TREE
    found = listing(files, path)
    assert (found.drift, found.partial) == ((), "")
    lines = LOCKFILES[path].split("\n")
    assert [lines[one.line - 1] for one in found.dependencies] == [
        f'name = "{one.coordinate.name}"' for one in found.dependencies
    ]


def test_pipenv_does_not_say_what_needs_what() -> None:
    files = {"Pipfile": '[packages]\napp-a = "*"\n[dev-packages]\ndev-a = "*"\n', "Pipfile.lock": PIPENV}
    assert read(files, "Pipfile.lock") == ["app-a 1.0", "app-b 2.0 < ", "dev-a 1.0 dev", "dev-b 1.0 dev < "]


@pytest.mark.parametrize("path", LOCKFILES)
def test_drift_is_a_name_that_is_missing_or_a_version_outside(path: str) -> None:
    manifest = PYPROJECT.replace('["app-a>=1"]', '["app-a>=1.5", "app-new"]')
    found = listing({"pyproject.toml": manifest, path: LOCKFILES[path]}, path)
    assert sorted(one.name for one in found.drift) == ["app-a", "app-new"]


@pytest.mark.parametrize("text", ["", "not toml [", "version = 99\n", "[[package]]\nname = 1\n"])
@pytest.mark.parametrize("path", ["uv.lock", "poetry.lock", "pdm.lock", "pylock.toml"])
def test_a_damaged_lockfile_is_a_reason_and_no_package(path: str, text: str) -> None:
    found = listing({"pyproject.toml": PYPROJECT, path: text}, path)
    assert found.trouble
    assert found.dependencies == ()


def test_a_lockfile_that_lost_its_end_says_so() -> None:
    lost = UV[: UV.index('[[package]]\nname = "dev-b"')]
    assert "cut off" in listing({"pyproject.toml": PYPROJECT, "uv.lock": lost}, "uv.lock").trouble
    assert (
        "cut off"
        in listing(
            {"pyproject.toml": PYPROJECT, "poetry.lock": POETRY[: POETRY.index("[metadata]")]}, "poetry.lock"
        ).trouble
    )


def test_extras_bring_what_they_need() -> None:
    head = '[[package]]\nname = "app-b"'
    text = (
        UV.replace('    { name = "app-b" },\n]\nwheels', "]\nwheels")
        .replace(head, '[package.optional-dependencies]\ncli = [{ name = "app-b" }]\n\n' + head)
        .replace('    { name = "app-a" },\n]', '    { name = "app-a", extra = ["cli"] },\n]')
    )
    assert read({"pyproject.toml": PYPROJECT, "uv.lock": text}, "uv.lock") == TREE


COMPILED = """#
# This file is autogenerated by pip-compile with Python 3.12
#
app-a==1.0 \\
    --hash=sha256:aa
    # via -r requirements.in
app-b==2.0 \\
    --hash=sha256:bb
    # via app-a
"""


def test_a_compiled_requirements_file_is_a_lockfile() -> None:
    found = listing({"requirements.txt": COMPILED}, "requirements.txt")
    assert [(one.coordinate.name, one.direct) for one in found.dependencies] == [("app-a", True), ("app-b", False)]
    assert (found.locked, found.partial) == (True, "")


def test_a_pinned_requirements_file_may_leave_things_out() -> None:
    found = listing({"requirements.txt": "app-a==1.0\n"}, "requirements.txt")
    assert found.locked
    assert "in turn" in found.partial


def test_what_a_requirements_file_may_hold() -> None:
    text = (
        "--index-url https://packages.example.org/simple\n"
        "App_A[cli]==1.0 ; python_version > '3'  # why\n"
        "app-b>=2,<3\n"
        "git+https://example.org/c.git@main#egg=app-c\n"
        "app-d @ https://example.org/d.whl\n"
        "-e .\n"
        "-r more/base.txt\n"
    )
    files = {"requirements.txt": text, "more/base.txt": "app-e==5\n", "pyproject.toml": PYPROJECT}
    found = listing(files, "requirements.txt")
    states = {one.coordinate.name: (one.coordinate.version, one.unchecked) for one in found.dependencies}
    assert states["app-a"] == ("1.0", "")
    assert states["app-b"] == ("", "not pinned")
    assert states["app-c"] == ("", "comes from a git repository")
    assert states["app-d"] == ("", "comes from an address")
    assert found.notes == ("index",)
    assert read(files, "more/base.txt") == ["app-e 5"]


def test_files_outside_the_tree_are_named_and_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("hidden==1\n")
    text = f"-r {tmp_path}/secret.txt\n-r ../../../../etc/passwd\n-c {tmp_path}/secret.txt\nhidden\n"
    found = listing({"requirements.txt": text}, "requirements.txt")
    assert "not in the tree" in found.partial
    assert [(one.coordinate.name, one.coordinate.version) for one in found.dependencies] == [("hidden", "")]


def test_files_that_include_each_other_are_read_once() -> None:
    files = {"requirements.txt": "-r a/x.txt\n", "a/x.txt": "-r ../requirements.txt\napp-a==1\n"}
    assert [one.path for one in listings(files)] == ["a/x.txt", "requirements.txt"]


def test_constraints_pin_what_is_asked_for() -> None:
    files = {"requirements.txt": "-c pins.txt\napp-a\n", "pins.txt": "app-a==1.5\nother==2\n"}
    assert read(files, "requirements.txt") == ["app-a 1.5"]


def test_files_for_development_are_known_by_their_name() -> None:
    assert read({"requirements-dev.txt": "app-a==1\n"}, "requirements-dev.txt") == ["app-a 1 dev"]


@pytest.mark.parametrize(
    ("extra", "aside"),
    [(name, True) for name in ("integtests", "unit-tests", "codestyle", "lint", "e2e", "dev-tools", "docs")]
    + [(name, False) for name in ("redis", "latest", "integrations", "information")],
)
def test_extras_for_development_are_known_by_their_name(extra: str, *, aside: bool) -> None:
    lock = UV.replace("[package.dev-dependencies]\ndev", f"[package.optional-dependencies]\n{extra}")
    found = read({"uv.lock": lock, "pyproject.toml": PYPROJECT}, "uv.lock")
    assert ("dev-b 1.0 dev < dev-a@1.0" in found, "dev-b 1.0 < dev-a@1.0" in found) == (aside, not aside)


MIXED = """-c pins.txt
app-a==1.0 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
    # via app-b
App_B[extra] == 2.0 ; python_version >= "3.8"  # chosen by hand
app-c>=1
app-d==1.*
app-e @ https://example.org/e.whl
app-f==3.0 \\
    ; python_version < "4"
"""


def test_pins_and_other_lines_keep_their_order_and_place() -> None:
    found = listing({"requirements.txt": MIXED, "pins.txt": "app-c==9\n"}, "requirements.txt")
    assert [(one.coordinate.name, one.coordinate.version, one.line) for one in found.dependencies] == [
        ("app-a", "1.0", 2),
        ("app-b", "2.0", 6),
        ("app-c", "9", 7),
        ("app-d", "", 8),
        ("app-e", "", 9),
        ("app-f", "3.0", 10),
    ]


@pytest.mark.parametrize("second", ["app-b==2 --hash=sha256:bb", "app-b==2"])
def test_a_list_is_complete_if_every_entry_has_a_hash(second: str) -> None:
    text = f"app-a==1 \\\n    --hash=sha256:aa\n{second}\n"
    assert (listing({"requirements.txt": text}, "requirements.txt").partial == "") == ("--hash" in second)


POETRY_MANIFEST = """[tool.poetry]
name = "s"
[tool.poetry.dependencies]
python = "^3.11"
app-a = "1.0"
[tool.poetry.group.dev.dependencies]
dev-a = "^1"
"""
SETUP_CFG = """[metadata]
name = s
[options]
install_requires =
    app-a==1.0
[options.extras_require]
test = dev-a
"""
SETUP_PY = """from setuptools import setup
raise SystemExit
setup(name='s', install_requires=['app-a==1.0'], tests_require=['dev-a'])
"""
PEP_621 = """[project]
name = "s"
dependencies = ["app-a==1.0"]
[project.optional-dependencies]
dev = ["dev-a"]
"""
MANIFESTS = {
    "poetry": ("pyproject.toml", POETRY_MANIFEST),
    "setup.cfg": ("setup.cfg", SETUP_CFG),
    "setup.py": ("setup.py", SETUP_PY),
    "PEP 621": ("pyproject.toml", PEP_621),
    "Pipfile": ("Pipfile", '[packages]\napp-a = "==1.0"\n[dev-packages]\ndev-a = "*"\n'),
}


@pytest.mark.parametrize("kind", MANIFESTS)
def test_every_manifest_says_the_same(kind: str) -> None:
    path, text = MANIFESTS[kind]
    assert sorted(read({path: text}, path)) == ["app-a 1.0", "dev-a  dev"]

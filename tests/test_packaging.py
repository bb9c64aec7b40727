"""What is built is what was tested: a wheel, made from the source distribution, that audits from anywhere."""

import importlib.util
import json
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

import skillaudit

ROOT = Path(__file__).resolve().parent.parent

pytestmark = [
    pytest.mark.xdist_group("packaging"),  # one worker: what is built is built once
    pytest.mark.skipif(
        importlib.util.find_spec("hatchling") is None or importlib.util.find_spec("build") is None,
        reason="no build backend: pip install -e '.[dev]'",
    ),
]


def _run(*argv: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(argv, cwd=cwd, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a source distribution of this checkout and of the wheel built from it."""
    folder = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def shipped(dist: Path) -> set[str]:
    (wheel,) = dist.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


@pytest.fixture(scope="module")
def installed(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a new environment that holds the wheel; it borrows the dependencies of the running one."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=True)
    paths = sysconfig.get_paths("venv", {"base": str(home), "platbase": str(home)})
    (wheel,) = dist.glob("*.whl")
    _run(Path(paths["scripts"]) / "python", "-m", "pip", "install", "--no-deps", "--no-index", wheel, cwd=home)
    borrowed = sysconfig.get_path("purelib")
    (Path(paths["purelib"]) / "borrowed.pth").write_text(f"{borrowed}\n", encoding="utf-8")
    return Path(paths["scripts"])


def test_rules_and_templates_ship_and_their_targets_do_not(shipped: set[str]) -> None:
    data = {name.removeprefix("skillaudit/_data/") for name in shipped if name.startswith("skillaudit/_data/")}
    wanted = [*(ROOT / "rules").rglob("*.yaml"), *(ROOT / "reports").rglob("*.j2")]
    assert wanted
    assert data == {path.relative_to(ROOT).as_posix() for path in wanted}


def test_the_rest_is_the_package(shipped: set[str]) -> None:
    package = {name for name in shipped if not name.startswith("skillaudit/_data/")}
    files = [path for path in (ROOT / "skillaudit").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert package == {path.relative_to(ROOT).as_posix() for path in files}


def test_the_source_distribution_says_what_it_is(dist: Path) -> None:
    (archive,) = dist.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    assert {"LICENSE", "README.md", "CHANGELOG.md", "pyproject.toml", "rules/typescript/tools.yaml"} <= names
    assert not {name for name in names if name.startswith(("tests", "docs", "examples", "bench"))}


def test_the_installed_program_says_its_version(installed: Path, tmp_path: Path) -> None:
    answer = _run(installed / "skillaudit", "--version", cwd=tmp_path).stdout
    assert skillaudit.__version__ in answer


def test_the_installed_program_audits_from_another_directory(installed: Path, tmp_path: Path) -> None:
    subject = ROOT / "examples" / "weather-server"
    done = _run(installed / "skillaudit", "audit", subject, "--format", "json", "--no-cache", cwd=tmp_path)
    report = json.loads(done.stdout)
    assert report["tool"]["version"] == skillaudit.__version__
    assert [tool["name"] for tool in report["inventory"]["tools"]] == ["get_forecast", "get_warnings"]
    assert {"SA101", "SA302"} <= {finding["check"] for finding in report["findings"]}


def test_the_installed_program_runs_its_own_copy(installed: Path, tmp_path: Path) -> None:
    code = "import skillaudit; print(skillaudit.__file__)"
    assert _run(installed / "python", "-c", code, cwd=tmp_path).stdout.startswith(str(installed.parent))

"""Read Python manifests: ``pyproject.toml``, ``setup.cfg``, ``setup.py``, ``Pipfile`` and ``requirements.txt``."""

import configparser
import re
from collections.abc import Iterator

from skillaudit.inventories._manifest import (
    Kind,
    Manifest,
    ManifestError,
    canonical,
    requirement_names,
    strings,
    table,
    text,
)
from skillaudit.inventories._toml import read_toml

# setup.py is never run, and parsing hostile code in this process can crash it: literals are found textually.
_SETUP_NAME = re.compile(r"""\bname\s*=\s*["']([^"'\n]{1,200})["']""")
_SETUP_REQUIRES = re.compile(r"\binstall_requires\s*=\s*\[")
_STRING = re.compile(r"""["']([^"'\n]{1,200})["']""")
_PINNED = re.compile(r"[A-Za-z0-9][\w.-]*\s*(?:\[[^\]]*\])?\s*===?\s*[^\s,*;]+\s*(?:;.*|--hash.*|\\)?$")


def read_pyproject(source: str) -> Manifest | None:
    """What a ``pyproject.toml`` declares; None where it only configures tools.

    Raises:
        ManifestError: it is not TOML, or nested too deep.
    """
    data = read_toml(source)
    project, poetry = table(data, "project"), table(data, "tool", "poetry")
    workspace = table(data, "tool", "uv", "workspace")
    if not (project or poetry or workspace or "build-system" in data or "dependency-groups" in data):
        return None
    runtime = requirement_names(strings(project.get("dependencies")))
    runtime += tuple(canonical(name) for name in table(poetry, "dependencies") if name != "python")
    development = (
        table(project, "optional-dependencies")
        or table(data, "dependency-groups")
        or table(data, "tool", "uv").get("dev-dependencies")
        or table(poetry, "group")
        or table(poetry, "dev-dependencies")
    )
    members = strings(workspace.get("members")) if workspace else None
    return Manifest(
        name=text(project.get("name")) or text(poetry.get("name")),
        kind=_kind(project, poetry, packaged="build-system" in data),
        runtime=tuple(sorted(set(runtime))),
        declares=bool(runtime or development or "dependencies" in strings(project.get("dynamic"))),
        members=members,
        entries=tuple(_entries({**table(project, "scripts"), **table(poetry, "scripts")})),
    )


def _entries(scripts: dict[str, object]) -> Iterator[str]:
    """The files that commands, each given as ``package.module:function``, may lie in."""
    for named in scripts.values():
        if isinstance(named, str):
            path = named.partition(":")[0].strip().replace(".", "/")
            yield from (f"{root}{path}{end}" for root in ("", "src/") for end in (".py", "/__init__.py"))


def read_setup_cfg(source: str) -> Manifest | None:
    """What a ``setup.cfg`` declares; None where it only configures tools.

    Raises:
        ManifestError: it is no INI file.
    """
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(source)
    except configparser.Error as error:
        raise ManifestError(f"not readable as INI ({type(error).__name__})") from error
    name = parser.get("metadata", "name", fallback="")
    requires = tuple(parser.get("options", "install_requires", fallback="").splitlines())
    if not name and not requires:
        return None
    runtime = requirement_names(requires)
    scripts = "options.entry_points" in parser
    return Manifest(text(name), "application" if scripts else "library", runtime, bool(runtime))


def read_setup_py(source: str) -> Manifest:
    """What a ``setup.py`` declares in literals; a computed list still counts as declaring dependencies."""
    name = _SETUP_NAME.search(source)
    listed = _SETUP_REQUIRES.search(source)
    runtime = (
        requirement_names(tuple(_STRING.findall(source[listed.end() : source.find("]", listed.end())])))
        if listed
        else ()
    )
    return Manifest(
        name=name[1] if name else "",
        kind="application" if "entry_points" in source or "scripts=" in source else "library",
        runtime=runtime,
        declares=bool(runtime) or ("install_requires" in source and listed is None),
    )


def read_pipfile(source: str) -> Manifest:
    """What a ``Pipfile`` declares.

    Raises:
        ManifestError: it is not TOML, or nested too deep.
    """
    data = read_toml(source)
    runtime = tuple(sorted(canonical(name) for name in table(data, "packages")))
    return Manifest("", "application", runtime, bool(runtime or table(data, "dev-packages")))


def read_requirements(source: str) -> Manifest:
    """What a ``requirements.txt`` lists."""
    runtime = requirement_names(_requirements(source))
    return Manifest("", "application", runtime, bool(runtime))


def is_pinned(source: str) -> bool:
    """Whether a ``requirements.txt`` works as a lock: it lists something, and every line of it pins one version."""
    lines = _requirements(source)
    return bool(lines) and all(_PINNED.match(line) for line in lines)


def _requirements(source: str) -> tuple[str, ...]:
    """The requirement lines of a file, without comments, options and hashes on lines of their own."""
    lines = (line.partition(" #")[0].strip() for line in source.splitlines())
    return tuple(line for line in lines if line and not line.startswith(("#", "-")))


def _kind(project: dict[str, object], poetry: dict[str, object], *, packaged: bool) -> Kind:
    """An application has a command, or is not packaged at all; everything else is installed to be imported."""
    if project.get("scripts") or project.get("gui-scripts") or poetry.get("scripts") or not packaged:
        return "application"
    return "library"

"""Lockfiles: their names, and which packages a workspace root's lockfile covers."""

from fnmatch import fnmatchcase

from skillaudit.inventories._manifest import Ecosystem

LOCKFILES: dict[Ecosystem, tuple[str, ...]] = {
    "npm": (
        "package-lock.json",
        "npm-shrinkwrap.json",
        "pnpm-lock.yaml",
        "yarn.lock",
        "bun.lock",
        "bun.lockb",
        "deno.lock",
    ),
    "pypi": ("uv.lock", "poetry.lock", "Pipfile.lock", "pdm.lock", "pylock.toml", "pylock.*.toml"),
    "go": ("go.sum",),
    "cargo": ("Cargo.lock",),
    "nuget": ("packages.lock.json",),
    "maven": (),
    "gradle": ("gradle.lockfile", "buildscript-gradle.lockfile"),
}
_MAX_RECURSIVE = 3
_MAX_SEGMENTS = 20


def lockfiles_in(names: frozenset[str], ecosystem: Ecosystem) -> tuple[str, ...]:
    """Which of a directory's file names are lockfiles of the ecosystem, sorted."""
    patterns = LOCKFILES[ecosystem]
    return tuple(sorted(name for name in names if any(fnmatchcase(name, pattern) for pattern in patterns)))


def is_member(path: str, patterns: tuple[str, ...]) -> bool:
    """Whether a package directory, relative to the workspace root, matches its member patterns.

    A pattern that begins with ``!`` takes members out again. Patterns with more than three ``**`` match nothing.
    """
    included = False
    for pattern in patterns:
        excludes = pattern.startswith("!")
        segments = [part for part in pattern.removeprefix("!").split("/") if part not in {"", "."}]
        if len(segments) > _MAX_SEGMENTS or segments.count("**") > _MAX_RECURSIVE:
            continue
        if _matches(path.split("/"), segments):
            included = not excludes
    return included


def _matches(parts: list[str], segments: list[str]) -> bool:
    if not segments:
        return not parts
    if segments[0] == "**":
        return any(_matches(parts[start:], segments[1:]) for start in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], segments[0]) and _matches(parts[1:], segments[1:])

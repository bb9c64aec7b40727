"""A repository of any size: MCP servers in Python, TypeScript and Go, no two files alike, the same every time."""

import itertools
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from jinja2 import Environment, FileSystemLoader, StrictUndefined

NOUNS = ("ticket", "invoice", "forecast", "recipe", "parcel", "meeting", "song", "journey", "loan", "sensor", "patient")
VERBS = ("find", "list", "create", "update", "delete", "send", "compare", "export", "summarise", "archive", "restore")
TOOLS = (3, 4, 6, 8, 5)
"""Tools of a server, in turn."""

PLACES = {
    "server.py.j2": "python/{unit}/src/{unit}/server.py",
    "storage.py.j2": "python/{unit}/src/{unit}/storage.py",
    "records.py.j2": "python/{unit}/src/{unit}/records.py",
    "server.ts.j2": "typescript/{unit}/src/index.ts",
    "store.ts.j2": "typescript/{unit}/src/store.ts",
    "log.ts.j2": "typescript/{unit}/src/log.ts",
    "server.go.j2": "go/{unit}/server.go",
}
"""Where each template's text goes; ``unit`` names a server."""

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    undefined=StrictUndefined,
    autoescape=False,  # noqa: S701 - source code, not HTML
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def files(servers: int) -> Iterator[tuple[PurePosixPath, str]]:
    """Path and text of every file of a repository with ``servers`` servers of each language."""
    for number, noun, tools in zip(range(1, servers + 1), itertools.cycle(NOUNS), itertools.cycle(TOOLS), strict=False):
        verbs = [VERBS[(number + position) % len(VERBS)] for position in range(tools)]
        words = {"noun": noun, "number": number, "tools": verbs, "title": f"{noun.title()} service {number}"}
        for template, place in PLACES.items():
            yield PurePosixPath(place.format(unit=f"{noun}_{number}")), _TEMPLATES.get_template(template).render(words)


def generate(folder: Path, servers: int) -> None:
    """Write the repository into an empty folder, with the manifests that make every server a package."""
    for path, text in files(servers):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    for unit in sorted((folder / "python").iterdir()):
        manifest = f'[project]\nname = "{unit.name}"\nversion = "1.0"\ndependencies = ["mcp>=1.20", "httpx>=0.28"]\n'
        (unit / "pyproject.toml").write_text(manifest, encoding="utf-8")
    for unit in sorted((folder / "typescript").iterdir()):
        manifest = (
            f'{{"name": "{unit.name}", "dependencies": {{"@modelcontextprotocol/sdk": "^1.20.0", "pino": "^9.0.0"}}}}\n'
        )
        (unit / "package.json").write_text(manifest, encoding="utf-8")
    (folder / "go" / "go.mod").write_text(
        "module example.com/generated\n\ngo 1.23\n\nrequire github.com/mark3labs/mcp-go v0.40.0\n", encoding="utf-8"
    )

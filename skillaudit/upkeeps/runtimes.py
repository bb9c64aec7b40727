"""Runtimes that a package requires or is shipped with, and until when those get fixes (``endoflife.toml``)."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files as resources

from skillaudit.credentials import shorten
from skillaudit.model import Location
from skillaudit.treefiles import Files
from skillaudit.upkeep import Runtime, Sign

_DOCKERFILE = re.compile(
    r"(?:.*/)?(?:(?:Docker|Container)file(?:[.-][\w.-]+)?|[\w.-]+\.(?:Docker|Container)file)", re.IGNORECASE
)
_FROM = re.compile(
    r"^FROM +(?:--\S+ +)*(?P<image>[\w./${}:-]{1,200}?)(?::(?P<tag>[\w.${}:-]{1,100}))?(?:@sha256:[0-9a-f]+)?"
    r"(?: +AS +(?P<stage>[\w.-]+))?\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_ARG = re.compile(r"^ARG +(?P<name>\w+)=[\"']?(?P<value>[\w./:-]+)", re.IGNORECASE | re.MULTILINE)
_IMAGES = {
    "python": "Python", "node": "Node.js", "golang": "Go", "debian": "Debian", "ubuntu": "Ubuntu", "alpine": "Alpine",
    "nodejs": "Node.js", "go": "Go",
}  # fmt: skip
_CODENAMES = {"stretch": "9", "buster": "10", "bullseye": "11", "bookworm": "12", "trixie": "13"}
_UBUNTU = {"xenial": "16.04", "bionic": "18.04", "focal": "20.04", "jammy": "22.04", "noble": "24.04"}
_NODE_PART = re.compile(r"(?P<operator>[<>]=?|=|\^|~>?|)\s*v?(?P<major>\d+)(?:\.(?P<rest>[\dx*.]+))?")


def read(files: Files) -> Iterator[Sign]:
    """Every requirement of a runtime whose newest allowed release is known."""
    for package in files.inventory.packages:
        if not package.ships:
            continue
        folder, name = package.manifest.rpartition("/")[0], package.manifest.rpartition("/")[2]
        match name:
            case "pyproject.toml" | "setup.cfg" | "setup.py":
                yield from _python(files, package.manifest, package.path)
            case "package.json":
                yield from _node(files, package.manifest, package.path)
            case _:
                pass
        yield from _pinned(files, f"{folder}/" if folder else "", package.path)
    for file in files.matching(_DOCKERFILE):
        if file.surface.counts or file.language is None:
            yield from _images(files.text(file.path), file.path, file.package)


@cache
def _table() -> dict[str, dict[str, str]]:
    held = tomllib.loads((resources(__package__) / "endoflife.toml").read_text(encoding="utf-8"))
    return {product: known["ends"] for product, known in held.items()}


def _runtime(location: Location, package: str, product: str, version: str, what: str) -> Iterator[Runtime]:
    """The sign for one release, where the table knows it."""
    if end := _table()[product].get(version):
        yield Runtime(location, package, product, version, end, what)


def _python(files: Files, manifest: str, package: str) -> Iterator[Runtime]:
    found = re.search(
        r"^[ \t]*(?:requires-python|python_requires|python)\s*=\s*[\"']?(?P<wanted>[^\"'\n#]{1,200})",
        files.text(manifest),
        re.MULTILINE,
    )
    if found is None or not (bounded := _newest_python(found["wanted"].strip().rstrip(","))):
        return
    line = files.text(manifest).count("\n", 0, found.start("wanted")) + 1
    yield from _runtime(Location(manifest, line), package, "Python", bounded, found["wanted"].strip())


def _newest_python(wanted: str) -> str:
    """The newest release that a range allows, where the range does not also allow what the table does not know yet."""
    if caret := re.match(r"\^(\d+)", wanted):
        return "2.7" if caret[1] == "2" else ""
    from packaging.specifiers import InvalidSpecifier, SpecifierSet  # noqa: PLC0415 - only Python has such ranges

    try:
        allowed = SpecifierSet(re.sub(r"~(?=\d)", "~=", wanted))
    except InvalidSpecifier:
        return ""
    releases = [
        release for release in _table()["Python"] if any(allowed.contains(f"{release}.{micro}") for micro in (0, 5, 99))
    ]
    beyond = any(allowed.contains(f"3.{minor}.0") for minor in range(15, 60)) or allowed.contains("4.0.0")
    return "" if beyond or not releases else max(releases, key=lambda one: tuple(map(int, one.split("."))))


def _node(files: Files, manifest: str, package: str) -> Iterator[Runtime]:
    engines = files.json(manifest).get("engines")
    wanted = engines.get("node") if isinstance(engines, dict) else None
    if isinstance(wanted, str) and (newest := _newest_node(wanted)):
        place = files.line_of(manifest, r'"engines"[\s\S]{0,400}?"node"\s*:')
        found = re.search(r'^[ \t]*"node"\s*:', files.text(manifest), re.MULTILINE)
        line = files.text(manifest).count("\n", 0, found.end()) + 1 if found else place.line
        yield from _runtime(Location(manifest, line), package, "Node.js", newest, wanted)


def _newest_node(wanted: str) -> str:
    """The newest major version that a range allows; empty where it has no upper bound."""
    highest = 0
    for part in wanted.split("||"):
        above = [found for found in _NODE_PART.finditer(part) if found["operator"].startswith("<")]
        exact = [found for found in _NODE_PART.finditer(part) if found["operator"] in {"", "=", "^", "~", "~>"}]
        if above:
            found = above[0]
            whole = not (found["rest"] or "").strip("0.x*")
            highest = max(highest, int(found["major"]) - (1 if found["operator"] == "<" and whole else 0))
        elif " - " in part and len(exact) > 1:
            highest = max(highest, int(exact[-1]["major"]))
        elif exact and not any(one["operator"].startswith(">") for one in _NODE_PART.finditer(part)):
            highest = max(highest, int(exact[0]["major"]))
        else:
            return ""
    return str(highest) if highest else ""


def _pinned(files: Files, folder: str, package: str) -> Iterator[Runtime]:
    """Version files beside a manifest."""
    for name, product, pattern in (
        (".python-version", "Python", r"^(?P<version>[23]\.\d+)"),
        (".nvmrc", "Node.js", r"^v?(?P<version>\d+)"),
        (".node-version", "Node.js", r"^v?(?P<version>\d+)"),
        ("runtime.txt", "Python", r"^python-(?P<version>[23]\.\d+)"),
        (".go-version", "Go", r"^(?:go)?(?P<version>1\.\d+)"),
    ):
        if found := re.match(pattern, files.text(folder + name).strip()):
            what = files.text(folder + name).strip().split("\n")[0]
            yield from _runtime(Location(folder + name, 1), package, product, found["version"], shorten(what, 40))


def _images(text: str, path: str, package: str) -> Iterator[Runtime]:
    """Base images of a Dockerfile, stages that build on earlier ones apart."""
    values = {found["name"]: found["value"] for found in _ARG.finditer(text)}
    stages: set[str] = set()
    for found in _FROM.finditer(text):
        whole = f"{found['image']}:{found['tag'] or ''}"
        filled = re.sub(r"\$\{?(\w+)(?::?-([\w.-]+))?\}?", lambda one: values.get(one[1], one[2] or ""), whole)
        image, _, tag = filled.rpartition(":") if filled.count(":") else (filled, "", "")
        if found["stage"]:
            stages.add(found["stage"])
        if image in stages:
            continue
        line = text.count("\n", 0, found.start()) + 1
        for product, version in _releases(image.rpartition("/")[2], tag):
            yield from _runtime(Location(path, line), package, product, version, filled.rstrip(":"))


def _releases(image: str, tag: str) -> Iterator[tuple[str, str]]:
    """What is in an image by its name and tag: a runtime, and the system below it."""
    product = _IMAGES.get(image, "")
    number = re.match(r"v?(\d+(?:\.\d+)?)", tag)
    if product and number:
        version = number[1].partition(".")[0] if product in {"Node.js", "Debian"} else number[1]
        yield product, version
    for word in re.split(r"[-_.]", tag):
        if word in _CODENAMES:
            yield "Debian", _CODENAMES[word]
        if word in _UBUNTU:
            yield "Ubuntu", _UBUNTU[word]
    if below := re.search(r"alpine(\d+\.\d+)", tag):
        yield "Alpine", below[1]

"""SA814: scripts at installation, and a second package index."""

from collections.abc import Iterator

from skillaudit.check import Evidence, Example, Finding, NotApplicable, Observation, Reference, Remediation, check
from skillaudit.checks._upkeep import shipped, surface_at
from skillaudit.facts import Facts
from skillaudit.model import Confidence, Location, Severity, Surface
from skillaudit.upkeep import ExtraIndex, InstallScript


@check(
    "SA814",
    title="Install scripts or extra package indexes",
    asks="Does installing the package run only what it must, and take each dependency from one place?",
    why="An install script runs on every user's machine before anybody has looked; and of two indexes that are asked "
    "for every name, the one with the higher version wins, so that whoever registers the name there is installed.",
    remediation=Remediation(
        "Do at build time what the script does, or in the command itself. Give an index the names that it serves.",
        (
            Example("npm", "json", '{\n  "scripts": {\n    "prepare": "npm run build"\n  }\n}\n'),
            Example(
                "uv", "toml",
                '[[tool.uv.index]]\nname = "internal"\nurl = "https://packages.example.org/simple"\nexplicit = true\n\n'
                '[tool.uv.sources]\nour-package = { index = "internal" }\n',
            ),
        ),
    ),
    references=(
        Reference("CWE-427: dependency confusion", "https://cwe.mitre.org/data/definitions/427.html"),
        Reference("OpenSSF: npm best practices", "https://github.com/ossf/package-manager-best-practices"),
    ),
    languages=frozenset(),
)  # fmt: skip
def sa814(facts: Facts) -> Iterator[Observation]:
    """One opportunity for each package that ships."""
    signs: list[InstallScript | ExtraIndex] = [*facts.upkeep.of(InstallScript), *facts.upkeep.of(ExtraIndex)]
    packages = shipped(facts)
    if not packages:
        yield NotApplicable("no package ships")
    wrong = {one.package for one in signs}
    for package in packages:
        if package.path not in wrong:
            place = Location(package.manifest, 1)
            yield Evidence(place, True, "no script at installation, one index", package.path)
    for sign in signs:
        surface = surface_at(facts, sign.location)
        match sign:
            case InstallScript(name=name, command=command):
                message = f"The package runs `{command}` at {name} on every machine that installs it"
                fix = "do it at build time, or in the command"
            case ExtraIndex(what=what):
                message = f"{what}: a second index is asked for every package"
                fix = "make the index explicit, or the only one"
        yield Evidence(sign.location, False, message, sign.package, surface)
        yield _finding(sign.location, sign.package, surface, message, fix)


def _finding(place: Location, package: str, surface: Surface, message: str, fix: str) -> Finding:
    return Finding(Severity.LOW, Confidence.HIGH, surface, package, place, message, fix=fix)

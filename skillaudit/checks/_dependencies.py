"""What the checks of dependencies have in common."""

import re
from collections.abc import Iterator, Sequence

from skillaudit.advisories._ordering import OrderError, order_of
from skillaudit.advisory import Advisory, Answer, State, state_of
from skillaudit.check import Evidence, Finding, NotApplicable, Observation, Unknown
from skillaudit.dependency import Dependency, Listing
from skillaudit.facts import Facts, Step
from skillaudit.model import Confidence, Location, Surface
from skillaudit.standing import Standing, Vulnerable, stand

_NAMED = 4
_COMMANDS = {
    "package-lock.json": "npm install {name}@{version}",
    "npm-shrinkwrap.json": "npm install {name}@{version}",
    "pnpm-lock.yaml": "pnpm update {name}@{version}",
    "yarn.lock": "yarn upgrade {name}@{version}",
    "bun.lock": "bun update {name}@{version}",
    "uv.lock": "uv lock --upgrade-package {name}=={version}",
    "poetry.lock": "poetry update {name}",
    "pdm.lock": "pdm update {name}",
    "Pipfile.lock": "pipenv upgrade {name}=={version}",
    "go.mod": "go get {name}@v{version}",
}
_SAFE = re.compile(r"[@\w][\w./@+-]{0,200}")
"""Names and versions that may stand in a command to paste: others were made to do harm."""


def vulnerabilities(facts: Facts, *, direct: bool) -> Iterator[Observation]:
    """What is vulnerable, what is clean and what could not be checked, of direct or of all other dependencies."""
    shipping = {package.path for package in facts.inventory.packages if package.ships}
    standings = stand(facts)
    for one in standings:
        yield from _of_listing(one, facts.dependencies.answer, direct=direct)
    listed = {one.listing.package for one in standings if one.listing.surface.counts}
    for path in sorted(shipping - listed):
        yield NotApplicable("it declares no dependencies", path)
    if not listed:
        yield NotApplicable("no package that ships declares dependencies")


def _of_listing(one: Standing, answer: Answer, *, direct: bool) -> Iterator[Observation]:
    listing = one.listing
    concerned = [found for found in one.vulnerable if found.dependency.direct is direct]
    for found in concerned:
        yield _finding(listing, found)
    if not listing.surface.counts:
        return
    reason = _open(one, answer, direct=direct)
    if reason:
        yield Unknown(f"{listing.path}: {reason}", listing.package)
    elif not any(surface_of(listing, found.dependency).counts for found in concerned):
        count = sum(dependency.direct is direct for dependency in listing.dependencies)
        kind = "direct" if direct else "transitive"
        what = f"{count} {kind} dependencies, none with a known vulnerability that is installed to run"
        yield Evidence(Location(listing.path, 1), True, what, listing.package)


def _open(one: Standing, answer: Answer, *, direct: bool) -> str:
    """Why a listing leaves open whether a dependency of that kind is vulnerable, empty where it does not."""
    if one.listing.trouble or (one.missing and not direct):
        return one.missing
    for dependency in one.listing.dependencies:
        if dependency.direct is direct and not dependency.development:
            state, reason = state_of(dependency, answer)
            if state is State.UNCHECKED:
                return f"{dependency.coordinate.name}: {reason}"
    return ""


def surface_of(listing: Listing, dependency: Dependency) -> Surface:
    """Where a dependency weighs: what is installed for development only weighs as tests do."""
    return Surface.TEST if dependency.development and listing.surface.counts else listing.surface


def _finding(listing: Listing, found: Vulnerable) -> Finding:
    dependency, advisories = found.dependency, found.advisories
    coordinate = dependency.coordinate
    severity = min((one.severity for one in advisories), key=lambda one: one.rank)
    name = f"{coordinate.name} {coordinate.version}"
    parents = f"by {' > '.join(dependency.via)}" if dependency.via else "indirectly"
    way = "" if dependency.direct else f", pulled in {parents}"
    aside = " (development only)" if dependency.development else ""
    fixed, outcome = _fixed(coordinate.ecosystem, advisories)
    place = Location(listing.path, dependency.line)
    return Finding(
        severity if dependency.direct else severity.lowered(),
        Confidence.HIGH,
        surface_of(listing, dependency),
        listing.package,
        place,
        f"{name}{aside}{way} has {_named(advisories)}; {outcome}",
        fix=_fix(listing, dependency, fixed),
        # Whatever its dependencies are, a package has one source of them, its manifest.
        trace=(Step(Location(listing.manifest, 1), "declares what is installed"), Step(place, f"locks {name}")),
    )


def _named(advisories: tuple[Advisory, ...]) -> str:
    """The advisories in words, each with an alias and what it is worth."""
    shown = [_described(one) for one in advisories[:_NAMED]]
    more = f" and {len(advisories) - _NAMED} more" if len(advisories) > _NAMED else ""
    count = "" if len(advisories) == 1 else f"{len(advisories)} known vulnerabilities: "
    return f"{count}{', '.join(shown)}{more}"


def _described(one: Advisory) -> str:
    alias = next((name for name in one.aliases if name.startswith("CVE-")), next(iter(one.aliases), ""))
    score = f"CVSS {one.score:g}" if one.score is not None else one.rating or "severity not stated"
    words = [alias, score, "exploited in the wild" if one.exploited else ""]
    return f"{one.id} ({', '.join(word for word in words if word)})"


def _fixed(ecosystem: str, advisories: Sequence[Advisory]) -> tuple[str, str]:
    """The first version without those advisories that name one, empty where none does, and the same in words."""
    versions = [one.fixed for one in advisories if one.fixed]
    without = [one.id for one in advisories if not one.fixed]
    try:
        fixed = max(versions, key=order_of(ecosystem), default="")
    except OrderError:
        fixed = ""
    if not fixed:
        return "", "no fixed version is known"
    but = f", but no fix is named for {', '.join(without[:_NAMED])}" if without else ""
    return fixed, f"fixed in {fixed}{but}"


def _fix(listing: Listing, dependency: Dependency, fixed: str) -> str:
    if not fixed:
        return "replace it, or weigh whether the advisory concerns how it is used here"
    name = dependency.coordinate.name
    command = next((text for form, text in _COMMANDS.items() if listing.form.startswith(form)), "")
    if not (command and _SAFE.fullmatch(name) and _SAFE.fullmatch(fixed)):
        return f"upgrade to {fixed} or later"
    if not dependency.direct and listing.ecosystem == "npm":
        return f"upgrade what pulls it in, or override {name} to {fixed} or later"
    return f"upgrade to {fixed} or later: {command.format(name=name, version=fixed)}"

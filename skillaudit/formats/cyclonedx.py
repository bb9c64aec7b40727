"""A software bill of materials in CycloneDX 1.6 JSON, with the known vulnerabilities of what it lists."""

import json
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal

from cyclonedx.contrib.this.builders import this_component
from cyclonedx.model import Property, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.vulnerability import (
    BomTarget,
    Vulnerability,
    VulnerabilityRating,
    VulnerabilityReference,
    VulnerabilityScoreSource,
    VulnerabilitySeverity,
    VulnerabilitySource,
)
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

from skillaudit.advisory import Advisory, State
from skillaudit.dependency import GO, NPM, PYPI, Coordinate
from skillaudit.report import Report
from skillaudit.standing import Standing

_TYPES = {PYPI: "pypi", NPM: "npm", GO: "golang", "crates.io": "cargo", "RubyGems": "gem", "Packagist": "composer"}
_PREFIX = "skillaudit:"


def render(report: Report) -> str:
    """Render the bill; the same report gives the same bytes."""
    bom = _bom(report)
    outputter = make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6)
    return json.dumps(json.loads(outputter.output_as_string()), indent=1, sort_keys=True) + "\n"


def _bom(report: Report) -> Bom:
    """Time and serial number come from the subject, not from the clock."""
    subject = report.subject
    root = Component(name=subject.source or ".", version=subject.commit or None, type=ComponentType.APPLICATION)
    identity = uuid.uuid5(uuid.NAMESPACE_URL, f"{subject.source}\0{subject.commit}\0{subject.as_of}")
    root.bom_ref.value = f"urn:uuid:{identity}"
    components = _components(report.dependencies)
    bom = Bom(serial_number=identity, components=components.values())
    bom.metadata.timestamp = datetime.fromisoformat(subject.as_of).replace(tzinfo=UTC)
    bom.metadata.component = root
    bom.metadata.tools.components.add(this_component())
    bom.metadata.properties = _properties(report)
    bom.register_dependency(root, components.values())
    bom.vulnerabilities = _vulnerabilities(report.dependencies, components)
    return bom


def _properties(report: Report) -> list[Property]:
    """The state of every file: what is not vulnerable here is clean only where it says so."""
    source = Property(name=f"{_PREFIX}advisories", value=report.advisories.source)
    return [
        source,
        *(
            Property(
                name=f"{_PREFIX}state:{one.listing.package or '.'}:{one.listing.path}",
                value="; ".join((one.state, *one.reasons)),
            )
            for one in report.dependencies
        ),
    ]


def _components(standings: Iterable[Standing]) -> dict[Coordinate, Component]:
    """Each version once, with the files that install it; required if any package needs it to run."""
    required: dict[Coordinate, bool] = {}
    places: dict[Coordinate, list[str]] = {}
    for one in standings:
        for dependency in one.listing.dependencies:
            known = required.get(dependency.coordinate, False)
            required[dependency.coordinate] = known or not dependency.development
            places.setdefault(dependency.coordinate, []).append(f"{one.listing.path}:{dependency.line}")
    return {
        coordinate: _component(coordinate, places[coordinate], needed=needed)
        for coordinate, needed in sorted(required.items())
    }


def _component(coordinate: Coordinate, places: Iterable[str], *, needed: bool) -> Component:
    url = _purl(coordinate)
    return Component(
        name=coordinate.name,
        version=coordinate.version or None,
        type=ComponentType.LIBRARY,
        scope=ComponentScope.REQUIRED if needed else ComponentScope.EXCLUDED,
        purl=url,
        bom_ref=f"{coordinate.ecosystem}/{coordinate.name}@{coordinate.version}",
        properties=[Property(name=f"{_PREFIX}locked", value=place) for place in sorted(set(places))],
    )


def _purl(coordinate: Coordinate) -> PackageURL | None:
    """The package's URL; None where its ecosystem has none here, or the name cannot be one."""
    kind = _TYPES.get(coordinate.ecosystem)
    namespace, _, name = coordinate.name.rpartition("/")
    version = f"v{coordinate.version}" if coordinate.ecosystem == GO else coordinate.version
    if kind is None or not name:
        return None
    return PackageURL(kind, namespace or None, name, version or None)


def _vulnerabilities(standings: Iterable[Standing], components: dict[Coordinate, Component]) -> Iterable[Vulnerability]:
    """One for each advisory, with all the versions that it holds for."""
    known: dict[str, Advisory] = {}
    affected: dict[str, set[Coordinate]] = {}
    for one in standings:
        if one.state is State.VULNERABLE:
            for found in one.vulnerable:
                for advisory in found.advisories:
                    known[advisory.id] = advisory
                    affected.setdefault(advisory.id, set()).add(found.dependency.coordinate)
    for identifier, advisory in sorted(known.items()):
        references = [components[one].bom_ref.value for one in sorted(affected[identifier])]
        yield _vulnerability(advisory, [reference for reference in references if reference])


def _vulnerability(one: Advisory, references: Iterable[str]) -> Vulnerability:
    source = VulnerabilitySource(name="OSV", url=XsUri(f"https://osv.dev/vulnerability/{one.id}"))
    return Vulnerability(
        bom_ref=one.id,
        id=one.id,
        source=source,
        references=[
            VulnerabilityReference(id=alias, source=VulnerabilitySource(name="alias")) for alias in one.aliases
        ],
        ratings=[_rating(one)],
        description=one.summary or None,
        recommendation=f"Upgrade to {one.fixed} or later" if one.fixed else None,
        affects=[BomTarget(ref=reference) for reference in references],
        properties=[Property(name=f"{_PREFIX}exploited", value="true")] if one.exploited else None,
    )


def _rating(one: Advisory) -> VulnerabilityRating:
    if one.score is None and not one.rating:
        return VulnerabilityRating(severity=VulnerabilitySeverity.UNKNOWN)
    words = {"moderate": "medium", "malicious": "critical"}
    word = words.get(one.rating, one.rating) or one.severity.value.lower()
    known = {severity.value for severity in VulnerabilitySeverity}
    return VulnerabilityRating(
        score=None if one.score is None else Decimal(str(one.score)),
        severity=VulnerabilitySeverity(word if word in known else one.severity.value.lower()),
        method=None if one.score is None else VulnerabilityScoreSource.CVSS_V3,
    )

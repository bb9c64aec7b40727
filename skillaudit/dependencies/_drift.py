"""Where a lockfile and the manifest that it was made for say different things."""

from collections.abc import Iterator, Mapping, Sequence

from skillaudit.dependency import GO, PYPI, Dependency, Drift, Graph, Importer, Requirement


def drift(
    graph: Graph, importer: Importer, requirements: Sequence[Requirement], dependencies: Sequence[Dependency]
) -> Iterator[Drift]:
    """Each direct dependency that the lockfile lacks or locks for another range."""
    if importer.declared is None:
        return
    versions: dict[str, list[str]] = {}
    for one in dependencies:
        if one.direct:
            versions.setdefault(one.coordinate.name, []).append(one.coordinate.version)
    for wanted in requirements:
        if not (wanted.local or wanted.unchecked):
            reason = _reason(graph, wanted, importer.declared, versions)
            if reason:
                yield Drift(wanted.name, reason, wanted.line, wanted.development)


def _reason(
    graph: Graph, wanted: Requirement, declared: Mapping[str, str], versions: Mapping[str, Sequence[str]]
) -> str:
    """How they differ, in words; Python's lockfiles may round a range: there the locked version has to be outside."""
    if wanted.name not in declared and graph.ecosystem == GO:
        return f"go.sum has no hash of version {wanted.wanted}"
    if wanted.name not in declared:
        return "the manifest declares it and the lockfile does not have it"
    recorded = declared[wanted.name]
    if graph.ecosystem == PYPI:
        from skillaudit.dependencies._python import allows  # noqa: PLC0415 - others need not load `packaging`

        locked = versions.get(wanted.name, ())
        if locked and not any(allows(wanted.wanted, version) for version in locked):
            return f"the manifest wants {wanted.wanted} and {locked[0]} is locked"
    elif recorded and recorded != wanted.wanted:
        return f"the manifest wants {wanted.wanted} and the lockfile was made for {recorded}"
    return ""
